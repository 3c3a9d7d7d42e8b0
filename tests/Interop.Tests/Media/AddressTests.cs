using System.Collections.Immutable;
using System.Globalization;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Sipp;

namespace Avatar2D.Interop.Tests.Media;

/// <summary>NATs before either side, several addresses: SIPp calls, <see cref="RtpPeer"/> speaks.</summary>
public sealed class AddressTests
{
    private const string Public = "192.0.2.10"; // RFC 5737: nobody's.
    private const string Private = "192.0.2.77";
    private const int PublicPort = 5099;

    private static readonly ImmutableDictionary<string, string> Plain = ImmutableDictionary<string, string>.Empty;

    private static Task<GatewayUnderTest> StartAsync(Func<GatewayOptions, GatewayOptions>? change = null) => GatewayUnderTest.StartAsync(o =>
    {
        o = o with { Video = o.Video with { Enabled = false } };
        return change?.Invoke(o) ?? o;
    });

    private static int PortOf(SipTraceMessage answer) => int.Parse(answer.SdpLines("m=audio ").Single().Split(' ')[0], CultureInfo.InvariantCulture);

    [Fact]
    public async Task FarEnd_BehindNat_GetsSoundWhereItSpeaksFromAndNobodyElseDoes()
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using RtpPeer stranger = await RtpPeer.StartAsync();
        await using SippCall call = SippCall.Start(gateway.Udp, "held", Plain.Add("host", Private), peer.AudioPort);
        int port = PortOf(await call.AnsweredAsync());
        string Log() => $"{call.Report}\n{gateway.Log.Text}";
        await peer.SpeakAsync(0, "pcmu", 440, port: port);
        await peer.HearsAsync(440, Log);

        await stranger.SpeakAsync(0, "pcmu", 1320, ssrc: 7, port: port);
        await Until.TrueAsync(() => gateway.Call.Figures.Audio.ForeignSource > 50, "a stranger's packets", Log);
        Assert.Equal(0, stranger.Sound.Packets);
        await peer.SpeakAsync(0, "pcmu", 880);
        await peer.HearsAsync(880, Log);
        Assert.Single(await gateway.RecordsAsync());
        await call.GoodAsync();
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Gateway_BehindNat_NamesItsPublicAddress()
    {
        await using GatewayUnderTest gateway = await StartAsync(o => o with
        {
            Sip = o.Sip with { Listen = [$"udp:127.0.0.1:0 advertise {Public}:{PublicPort}"] },
            Rtp = o.Rtp with { BindAddresses = [$"127.0.0.1 advertise {Public}"] },
        });
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = SippCall.Start(gateway.Udp, "held", Plain, peer.AudioPort);
        SipTraceMessage answer = await call.AnsweredAsync();
        Assert.Contains($"@{Public}:{PublicPort}>", answer.Header("Contact"), StringComparison.Ordinal);
        Assert.Equal($"IN IP4 {Public}", answer.SdpLines("c=").Single());
        await peer.SpeakAsync(0, "pcmu", 440, port: PortOf(answer));
        await peer.HearsAsync(440, () => $"{call.Report}\n{gateway.Log.Text}");
        Assert.Single(await gateway.RecordsAsync());
        await call.GoodAsync();
        SipTraceMessage bye = call.Trace.First(m => !m.Sent && m.StartLine.StartsWith("BYE", StringComparison.Ordinal));
        Assert.StartsWith($"SIP/2.0/UDP {Public}:{PublicPort};", bye.Header("Via"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_OfTwoAddresses_AnswersFromTheOneThatIsCalled()
    {
        await using GatewayUnderTest gateway = await StartAsync(o => o with
        {
            Sip = o.Sip with { Listen = ["udp:127.0.0.1:0", "udp:127.0.0.2:0"] },
            Rtp = o.Rtp with { BindAddresses = ["127.0.0.3", "127.0.0.1"] }, // The kernel speaks to loopback from 127.0.0.1.
        });
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = SippCall.Start(gateway.Host.SipEndPoints[1], "held", Plain, peer.AudioPort);
        SipTraceMessage answer = await call.AnsweredAsync();
        Assert.Contains($"@{gateway.Host.SipEndPoints[1]}>", answer.Header("Contact"), StringComparison.Ordinal);
        Assert.Equal("IN IP4 127.0.0.1", answer.SdpLines("c=").Single());
        await peer.SpeakAsync(0, "pcmu", 440);
        await peer.HearsAsync(440, () => $"{call.Report}\n{gateway.Log.Text}");
        Assert.Single(await gateway.RecordsAsync());
        await call.GoodAsync();
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Gateway_WithoutAddressThatReachesTheCaller_RefusesWith503()
    {
        await using GatewayUnderTest gateway = await StartAsync(o => o with { Rtp = o.Rtp with { BindAddresses = ["::1"] } });
        await using SippCall call = SippCall.Start(gateway.Udp, "refused-invite", Plain.Add("status", "503"));
        await call.GoodAsync();
        Assert.Equal(503, Assert.Single(await gateway.RecordsAsync()).SipStatus);
    }
}
