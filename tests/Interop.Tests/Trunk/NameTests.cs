using System.Globalization;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>The gateway finds its registrar by NAPTR and SRV records of a real name server (RFC 3263): dnsmasq and Kamailio.</summary>
public sealed class NameTests
{
    private const string Naptr = $"naptr-record={Kamailio.Domain},10,10,s,SIP+D2U,,_sip._udp.{Kamailio.Domain}";
    private const string Addresses = $"host-record=a.{Kamailio.Domain},b.{Kamailio.Domain},127.0.0.1";

    private static string Srv(string host, int port, int priority) =>
        string.Create(CultureInfo.InvariantCulture, $"srv-host=_sip._udp.{Kamailio.Domain},{host}.{Kamailio.Domain},{port},{priority},10");

    private static Task<GatewayUnderTest> StartAsync(NameServer names, string passwordFile) => GatewayUnderTest.StartAsync(o => o with
    {
        Video = o.Video with { Enabled = false },
        Sip = o.Sip with
        {
            NameServers = [names.Address.ToString()],
            T1Ms = 50, // A dead place costs 64 of them.
            Registrar = $"sip:{Kamailio.Domain}",
            RegisterAs = $"sip:100@{Kamailio.Domain}",
            AuthPasswordFile = passwordFile,
        },
    });

    [Fact]
    public async Task Register_FirstTargetIsDead_SecondIsUsed()
    {
        using var folder = new TempFolder();
        await using Kamailio pbx = await Kamailio.StartAsync("MD5");
        await using NameServer names = await NameServer.StartAsync(Naptr, Addresses, Srv("a", FreePorts.One(), 10), Srv("b", pbx.Address.Port, 20));
        await using GatewayUnderTest gateway = await StartAsync(names, folder.Write("password", Kamailio.Password + "\n"));
        await Until.TrueAsync(() => gateway.Host.Registration!.IsRegistered, "a registration", () => $"{gateway.Log.Text}\n{names.Log}\n{pbx.Log}");
        Assert.Contains("other places of the same name are tried first", gateway.Log.Text, StringComparison.Ordinal);
        Assert.Contains($"query[NAPTR] {Kamailio.Domain}", names.Log, StringComparison.Ordinal);
        Assert.Contains($"query[SRV] _sip._udp.{Kamailio.Domain}", names.Log, StringComparison.Ordinal);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Register_AllTargetsAreDead_IsTold()
    {
        using var folder = new TempFolder();
        await using NameServer names = await NameServer.StartAsync(Naptr, Addresses, Srv("a", FreePorts.One(), 10), Srv("b", FreePorts.One(), 20));
        await using GatewayUnderTest gateway = await StartAsync(names, folder.Write("password", Kamailio.Password + "\n"));
        await Until.TrueAsync(() => gateway.Host.Registration!.LastStatus == 408, "a refusal", () => $"{gateway.Log.Text}\n{names.Log}");
        Assert.False(gateway.Host.Registration!.IsRegistered);
    }

    [Fact]
    public async Task Register_NameIsUnknown_IsTold()
    {
        using var folder = new TempFolder();
        await using NameServer names = await NameServer.StartAsync("local=/example/");
        await using GatewayUnderTest gateway = await StartAsync(names, folder.Write("password", Kamailio.Password + "\n"));
        await Until.TrueAsync(() => gateway.Host.Registration!.LastStatus == 503, "a refusal", () => $"{gateway.Log.Text}\n{names.Log}");
        Assert.Contains($"No address for {Kamailio.Domain}", gateway.Log.Text, StringComparison.Ordinal);
    }
}
