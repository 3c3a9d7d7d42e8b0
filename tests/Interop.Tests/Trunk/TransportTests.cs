using System.Collections.Immutable;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Baresip;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Sipp;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>Requests that are too long for UDP (RFC 3261 §18.1.1), and sources that ask too often.</summary>
public sealed class TransportTests
{
    private const int Short = 200; // Bytes: every request of ours is longer.
    private const int Many = 40;
    private static readonly ImmutableDictionary<string, string> Plain = ImmutableDictionary<string, string>.Empty;

    private static Task<GatewayUnderTest> StartAsync(Func<Avatar2D.Gateway.Options.SipOptions, Avatar2D.Gateway.Options.SipOptions> change) =>
        GatewayUnderTest.StartAsync(o => o with { Video = o.Video with { Enabled = false }, Sip = change(o.Sip) });

    [Fact]
    public async Task Bye_TooLongForUdp_ComesOverTcp()
    {
        await using GatewayUnderTest gateway = await StartAsync(sip => sip with { MaxUdpRequestBytes = Short });
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions()); // It listens at UDP and TCP.
        await phone.DialAsync($"sip:avatar@{gateway.Udp}");
        gateway.Host.Calls.EndAll(CallEndReason.LocalHangup);
        await Until.TrueAsync(() => phone.Events.Contains("CALL_CLOSED"), "baresip's call to be closed", () => phone.Report);
        await gateway.CallsAsync(0);
        Assert.Contains("BYE sip:", phone.Report, StringComparison.Ordinal);
        Assert.Contains("Via: SIP/2.0/TCP", phone.Report, StringComparison.Ordinal);
        Assert.DoesNotContain("takes no TCP", gateway.Log.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Bye_TooLongForAPeerWithoutTcp_ComesOverUdpAfterAll()
    {
        await using GatewayUnderTest gateway = await StartAsync(sip => sip with { MaxUdpRequestBytes = Short });
        await using SippCall call = SippCall.Start(gateway.Udp, "held", Plain);
        await call.AnsweredAsync();
        await gateway.CallsAsync(1);
        Assert.Single(await gateway.RecordsAsync());
        await call.GoodAsync();
        Assert.Contains("takes no TCP", gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_MoreThanOneSourceMaySend_Are503ForThatOneOnly()
    {
        await using GatewayUnderTest gateway = await StartAsync(sip => sip with { MaxRequestsPerSecond = 1, TrustedPeers = ["127.0.0.3"] });
        IReadOnlyList<SipTraceMessage> flood = await AskAsync(gateway, "127.0.0.1", Many);
        SipTraceMessage[] refused = [.. flood.Where(m => m.StartLine.StartsWith("SIP/2.0 503", StringComparison.Ordinal))];
        Assert.NotEmpty(refused);
        Assert.All(refused, m => Assert.NotEqual("", m.Header("Retry-After")));
        SipTraceMessage answered = flood.First(m => m.StartLine.StartsWith("SIP/2.0 200", StringComparison.Ordinal));
        Assert.EndsWith(">;audio", answered.Header("Contact"), StringComparison.Ordinal); // Without pictures it does not say that it has avatars.
        Assert.All(await AskAsync(gateway, "127.0.0.2", 1), m => Assert.StartsWith("SIP/2.0 200", m.StartLine, StringComparison.Ordinal));
        Assert.All(await AskAsync(gateway, "127.0.0.3", Many), m => Assert.StartsWith("SIP/2.0 200", m.StartLine, StringComparison.Ordinal));
        Assert.Empty(gateway.Log.Errors);
    }

    private static async Task<IReadOnlyList<SipTraceMessage>> AskAsync(GatewayUnderTest gateway, string address, int times)
    {
        await using SippCall asks = SippCall.Start(gateway.Udp, "asks", Plain, address: address, calls: times);
        await asks.GoodAsync();
        return [.. asks.Trace.Where(m => !m.Sent)];
    }
}
