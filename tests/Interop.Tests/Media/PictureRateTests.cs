using System.Collections.Immutable;
using System.Globalization;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Sipp;

namespace Avatar2D.Interop.Tests.Media;

/// <summary>
/// What the far end says about the picture by RTCP: SIPp calls, <see cref="RtpPeer"/> takes the picture and decodes it. What is said about
/// another stream is not obeyed.
/// </summary>
public sealed class PictureRateTests
{
    private const int Size = 320;
    private const uint Foreign = 7;
    private const int Limit = 50_000; // An eighth of the agreed rate: below that the picture is small.
    private const int Plenty = 2_000_000;

    private static Task<GatewayUnderTest> StartAsync(Func<RtpOptions, RtpOptions>? change = null) =>
        GatewayUnderTest.StartAsync(o => o with { Rtp = change?.Invoke(o.Rtp) ?? o.Rtp });

    private static async Task<SippCall> CallAsync(GatewayUnderTest gateway, RtpPeer peer)
    {
        SippCall call = SippCall.Start(gateway.Udp, "held-picture", ImmutableDictionary<string, string>.Empty, peer.AudioPort, peer.VideoPort);
        await Until.TrueAsync(() => peer.Picture.Pictures > 10, "pictures", () => $"{peer.Report}\n{call.Report}\n{gateway.Log.Text}");
        Assert.Equal((Size, Size), (peer.Picture.Width, peer.Picture.Height));
        return call;
    }

    private static Task SizeAsync(GatewayUnderTest gateway, RtpPeer peer, int size) =>
        Until.TrueAsync(() => peer.Picture.Width == size && peer.Picture.Height == size, $"{size} pixels", () => $"{peer.Report}\n{gateway.Log.Text}");

    /// <summary>RTCP has come, and the picture has gone on as it was.</summary>
    private static async Task UnmovedAsync(GatewayUnderTest gateway, RtpPeer peer, long rtcpBefore)
    {
        await Until.TrueAsync(() => gateway.Call.Figures.Video?.RtcpReceived > rtcpBefore, "RTCP at the gateway", () => gateway.Log.Text);
        int seen = peer.Picture.Pictures;
        await Until.TrueAsync(() => peer.Picture.Pictures > seen + 15, "more pictures", () => peer.Report);
        Assert.Equal(Size, peer.Picture.Width);
    }

    private static long Rtcp(GatewayUnderTest gateway) => gateway.Call.Figures.Video?.RtcpReceived ?? 0;

    private static async Task EndAsync(GatewayUnderTest gateway, SippCall call)
    {
        Assert.Equal("H264", Assert.Single(await gateway.RecordsAsync()).VideoCodec);
        await call.GoodAsync();
        Assert.Empty(gateway.Log.Errors);
    }

    [Theory]
    [InlineData("remb")]
    [InlineData("tmmbr")]
    public async Task Limit_NamedByTheFarEnd_IsObeyedForOurStreamOnly(string kind)
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = await CallAsync(gateway, peer);

        long before = Rtcp(gateway);
        await peer.LimitAsync(kind, Limit, Foreign);
        await UnmovedAsync(gateway, peer, before);
        Assert.Equal(0, peer.Picture.Granted);

        await peer.LimitAsync(kind, Limit);
        await SizeAsync(gateway, peer, Size / 2);
        if (kind == "tmmbr")
            await Until.TrueAsync(() => peer.Picture.Granted == Limit, "TMMBN", () => peer.Report);
        await peer.LimitAsync(kind, Plenty);
        await SizeAsync(gateway, peer, Size);
        await EndAsync(gateway, call);
    }

    [Fact]
    public async Task Feedback_OfAStranger_IsNotObeyed()
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using RtpPeer stranger = await RtpPeer.StartAsync();
        await using SippCall call = await CallAsync(gateway, peer);
        SipTraceMessage offer = call.Trace.First(m => !m.Sent && m.SdpLines("m=video ").Count > 0);
        int port = int.Parse(offer.SdpLines("m=video ").Single().Split(' ')[0], CultureInfo.InvariantCulture) + 1;

        await peer.LimitAsync("pli", 0);
        await Until.TrueAsync(() => gateway.Call.Figures.KeyFrameRequests == 1, "the peer's PLI", () => gateway.Log.Text);
        foreach (string kind in new[] { "remb", "tmmbr", "pli" })
            await stranger.LimitAsync(kind, Limit, peer.Picture.Ssrc, port);
        await Until.TrueAsync(() => gateway.Call.Figures.Video?.ForeignSource >= 3, "a stranger's RTCP", () => gateway.Log.Text);
        await UnmovedAsync(gateway, peer, 0);
        Assert.Equal(1, gateway.Call.Figures.KeyFrameRequests);
        await EndAsync(gateway, call);
    }

    [Fact]
    public async Task Reports_WithoutBandwidthForThem_AreNotSent()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Video = o.Video with { Enabled = false } });
        await using RtpPeer plain = await RtpPeer.StartAsync();
        await using RtpPeer without = await RtpPeer.StartAsync();
        ImmutableDictionary<string, string> none = ImmutableDictionary<string, string>.Empty.Add("lines", "b=RS:0\nb=RR:0"); // RFC 3556
        await using SippCall second = SippCall.Start(gateway.Udp, "held", none, without.AudioPort);
        await second.AnsweredAsync();
        await using SippCall first = SippCall.Start(gateway.Udp, "held", ImmutableDictionary<string, string>.Empty, plain.AudioPort);
        await first.AnsweredAsync();
        await Until.TrueAsync(
            () => plain.Reports("RtcpSrPacket") is > 1 and int reports && plain.Reports("RtcpSdesPacket") == reports, "reports, each with SDES",
            () => $"{plain.Report}\n{gateway.Log.Text}");
        Assert.Equal(0, without.Reports("RtcpSrPacket")); // It was called before.
        Assert.True(without.Sound.Packets > 50, without.Report);
        Assert.Equal(2, (await gateway.RecordsAsync()).Count);
        await Until.TrueAsync(() => plain.Reports("RtcpByePacket") == 1, "BYE", () => plain.Report);
        await first.GoodAsync();
        await second.GoodAsync();
    }

    [Fact]
    public async Task Loss_ToldByTheFarEnd_TakesRateAndSizeDownAndTheyComeBack()
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = await CallAsync(gateway, peer);
        int frame = 1000 / gateway.Options.Video.FramesPerSecond;

        long before = Rtcp(gateway);
        await peer.LoseAsync(0.6, Foreign);
        await UnmovedAsync(gateway, peer, before + 5);

        await peer.LoseAsync(0.6);
        await Until.TrueAsync(() => peer.Picture.Ms > frame * 3 / 2, "fewer pictures", () => peer.Report);
        await SizeAsync(gateway, peer, Size / 2);
        await peer.LoseAsync(0);
        await SizeAsync(gateway, peer, Size);
        await EndAsync(gateway, call);
    }

    [Theory]
    [InlineData(46, 34)]
    [InlineData(0, 0)]
    public async Task Packets_AreMarkedAsTheSettingsSay(int voice, int video)
    {
        await using GatewayUnderTest gateway = await StartAsync(rtp => rtp with { VoiceDscp = voice, VideoDscp = video });
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = await CallAsync(gateway, peer);
        Assert.Equal([voice << 2], peer.Sound.Tos);
        Assert.Equal([video << 2], peer.Picture.Tos);
        await EndAsync(gateway, call);
    }
}
