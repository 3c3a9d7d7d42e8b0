using System.Net;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;
using Avatar2D.Rtp.Tests.Packets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Rtp.Tests.Sessions;

public sealed class RtpInboundTests
{
    private static readonly IPEndPoint Peer = IPEndPoint.Parse("10.0.0.1:4000");

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingSink _sink = new();
    private readonly RemoteAddresses _remote = new(3, 1000);
    private readonly RtcpClock _clock;
    private readonly RtpInbound _inbound;

    public RtpInboundTests()
    {
        _clock = new RtcpClock(_time);
        RtcpReporter reporter = new(new RtpSessionOptions { Cname = "a" }, 0x0A0B0C0D, _clock, new Random(1));
        RtpSessionParameters parameters = SessionPair.Parameters(Peer);
        _remote.Configure(parameters);
        _inbound = new RtpInbound(new Lock(), _sink, _clock, reporter, _remote, NoKeys(), 0x0A0B0C0D, 0, NullLogger.Instance) { Parameters = parameters };
    }

    private static SessionKeys NoKeys() => new(new Lock(), null, _ => { }, 0, NullLogger.Instance);

    [Fact]
    public void OnDatagram_MutatedTraffic_NeverThrowsAndIsAllAccountedFor()
    {
        byte[][] seeds =
        [
            RtpBytes.Make(1, 160, new byte[20]),
            RtpBytes.Make(2, 320, [1, 10, 0, 160], payloadType: 101),
            Convert.FromHexString("81C8000CCAFEBABE83AA7E804000000001020304000000320000" + "1F400A0B0C0D40FFFFFE0001FFFF000000211111222200010000"),
            Convert.FromHexString("80C90001CAFEBABE84CE0004CAFEBABE000000000A0B0C0D07000000"),
            Convert.FromHexString("000100002112A442000102030405060708090A0B"),
        ];
        SocketAddress[] sources = [Peer.Serialize(), IPEndPoint.Parse("10.0.0.1:4001").Serialize(), IPEndPoint.Parse("10.9.9.9:7").Serialize()];
        Random random = new(3);
        byte[] bytes = new byte[64];
        const int Total = 50_000;
        for (int i = 0; i < Total; i++)
        {
            byte[] seed = seeds[random.Next(seeds.Length)];
            seed.CopyTo(bytes, 0);
            for (int flips = random.Next(4); flips > 0; flips--)
                bytes[random.Next(seed.Length)] = (byte)random.Next(256);
            int length = random.Next(5) == 0 ? random.Next(seed.Length) : seed.Length;
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _inbound.OnDatagram(bytes.AsSpan(0, length), sources[random.Next(3)], random.Next(2) == 0);
        }

        RtpStatistics all = _inbound.FillNeedsLock(default);
        Assert.True(all.RtcpReceived > 1000);
        Assert.True(all.ForeignSource > 1000);
        Assert.True(all.Stun > 1000);
        Assert.True(all.Malformed > 1000);
        Assert.InRange(all.Malformed + all.Stun + all.Dtls + all.ForeignSource + all.RtcpReceived + all.UnknownPayloadType + _sink.Payloads.Count, Total, Total);
    }

    [Fact]
    public void OnDatagram_RtcpFromAStranger_CannotEndOrFlood()
    {
        SocketAddress peer = Peer.Serialize();
        _inbound.OnDatagram(RtpBytes.Make(1, 160, [1], ssrc: 5), peer, onRtcpSocket: false);
        Assert.True(_sink.TryNext(out _));
        byte[] bye = Convert.FromHexString("80C9000100000005" + "81CB000100000005");
        _inbound.OnDatagram(bye, IPEndPoint.Parse("10.9.9.9:4000").Serialize(), onRtcpSocket: false);
        Assert.False(_sink.TryNext(out _));
        Assert.Equal(5u, _inbound.RemoteSsrc);
        // The same from the peer's RTCP port counts.
        _inbound.OnDatagram(bye, IPEndPoint.Parse("10.0.0.1:4001").Serialize(), onRtcpSocket: true);
        Assert.True(_sink.TryNext(out string? item));
        Assert.Equal("bye", item);
        Assert.Null(_inbound.RemoteSsrc);
        Assert.NotNull(_inbound.LastRtcpReceived);
    }

    [Fact]
    public void OnDatagram_NewSsrc_StartsStatisticsAnew()
    {
        SocketAddress peer = Peer.Serialize();
        for (ushort i = 0; i < 10; i++)
            _inbound.OnDatagram(RtpBytes.Make(i, i * 160u, [1], ssrc: 5), peer, onRtcpSocket: false);
        _inbound.OnDatagram(RtpBytes.Make(9000, 1, [1], ssrc: 6), peer, onRtcpSocket: false);
        Assert.Equal(6u, _inbound.RemoteSsrc);
        Assert.Equal((1L, 0L), (_inbound.Reception.PacketsReceived, _inbound.Reception.PacketsLost));
    }

    [Fact]
    public void OnDatagram_TelephoneEvents_StayOutOfTheJitter()
    {
        SocketAddress peer = Peer.Serialize();
        for (ushort i = 0; i < 200; i++)
        {
            bool isEvent = i is >= 50 and < 100;
            byte[] bytes = isEvent ? RtpBytes.Make(i, 50 * 160, [1, 10, 0, 160], payloadType: 101) : RtpBytes.Make(i, i * 160u, [1]);
            _inbound.OnDatagram(bytes, peer, onRtcpSocket: false);
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.Equal(TimeSpan.Zero, _inbound.FillNeedsLock(default).Jitter);
        Assert.Equal(200, _inbound.Reception.PacketsReceived);
    }

    [Fact]
    public void OnDatagram_ReportAboutUs_GivesRoundTripAndLoss()
    {
        // The peer got an SR of ours 300 ms ago and held it for 200 ms: 100 ms are the way there and back.
        NtpTimestamp sentAt = _clock.ToNtp(_clock.Now);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        byte[] bytes = new byte[64];
        RtcpWriter writer = new(bytes);
        writer.TryWriteReceiverReport(9, [new ReportBlock(0x0A0B0C0D, 26, 7, 100, 80, sentAt.Middle32, 65536 / 5)]);
        RtcpReporter reporter = new(new RtpSessionOptions { Cname = "a" }, 0x0A0B0C0D, _clock, new Random(1));
        RtpInbound inbound = new(new Lock(), _sink, _clock, reporter, _remote, NoKeys(), 0x0A0B0C0D, 0, NullLogger.Instance);
        inbound.OnDatagram(bytes.AsSpan(0, writer.Length), IPEndPoint.Parse("10.0.0.1:4001").Serialize(), onRtcpSocket: true);
        Assert.InRange(reporter.RoundTrip!.Value.TotalMilliseconds, 99.9, 100.1);
        Assert.Equal((26, 7, 80u), (reporter.RemoteReport!.Value.FractionLost, reporter.RemoteReport.Value.CumulativeLost, reporter.RemoteReport.Value.Jitter));
    }
}
