using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>The gateway as an extension of a PBX: Kamailio is the registrar and the proxy in front, SIPp the caller.</summary>
public sealed class RegistrationTests
{
    private static Task<GatewayUnderTest> StartAsync(Kamailio pbx, string passwordFile) => GatewayUnderTest.StartAsync(o => o with
    {
        Video = o.Video with { Enabled = false },
        Sip = o.Sip with
        {
            Registrar = $"sip:{Kamailio.Domain}",
            RegisterAs = $"sip:100@{Kamailio.Domain}",
            OutboundProxy = $"sip:{pbx.Address}",
            AuthPasswordFile = passwordFile,
        },
    });

    [Theory]
    [InlineData("MD5")]
    [InlineData("SHA-256")]
    public async Task Register_RightPassword_CallsToTheExtensionComeIn(string algorithm)
    {
        using var folder = new TempFolder();
        await using Kamailio pbx = await Kamailio.StartAsync(algorithm);
        await using GatewayUnderTest gateway = await StartAsync(pbx, folder.Write("password", Kamailio.Password + "\n"));
        await Until.TrueAsync(() => gateway.Host.Registration!.IsRegistered, "a registration", () => $"{gateway.Log.Text}\n{pbx.Log}");

        await using ExternalProcess sipp = Load.SippCallers.Start("routed", pbx.Address, calls: 3, perSecond: 3, holdMs: 100, user: "100");
        Assert.True(await sipp.EndedAsync() == 0, $"{sipp.Report}\n{gateway.Log.Text}\n{pbx.Log}");
        IReadOnlyList<CallDetailRecord> records = await gateway.RecordsAsync();
        Assert.Equal(3, records.Count);
        Assert.All(records, record => Assert.Equal(CallEndReason.RemoteHangup, record.EndReason));
    }

    [Fact]
    public async Task Register_WrongPassword_IsToldAndCallsFail()
    {
        using var folder = new TempFolder();
        await using Kamailio pbx = await Kamailio.StartAsync("MD5");
        await using GatewayUnderTest gateway = await StartAsync(pbx, folder.Write("password", "guessed\n"));
        await Until.TrueAsync(() => gateway.Host.Registration!.LastStatus == 401, "a refusal", () => $"{gateway.Log.Text}\n{pbx.Log}");
        Assert.False(gateway.Host.Registration!.IsRegistered);
        Assert.Contains("Not registered at pbx.example: 401", gateway.Log.Text, StringComparison.Ordinal);
    }
}
