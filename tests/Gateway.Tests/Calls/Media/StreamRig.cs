using System.Net;
using System.Net.Sockets;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Gateway.Tests.Calls.Media;

/// <summary>A stream's surroundings: a real RTP session on loopback that sends to a plain socket, on a clock that the test moves.</summary>
internal sealed class StreamRig : IStreamOwner, IAsyncDisposable
{
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public StreamRig()
    {
        _peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Clock = new RtcpClock(Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public RtcpClock Clock { get; }

    public List<string> Told { get; } = [];

    public long Now => Time.GetTimestamp();

    public RtpSession? Session { get; private set; }

    public Socket Peer => _peer;

    public RtpSession Open(IRtpSink sink, NegotiatedMedia line, int maxPayloadBytes = 1188)
    {
        var pool = new RtpPortPool(
            new RtpPortPoolOptions { BindAddress = IPAddress.Loopback, FirstPort = 18_000, LastPort = 19_999 }, Time);
        Assert.True(pool.TryRent(out RtpPortLease? lease));
        Session = new RtpSession(
            new RtpSessionOptions { Cname = "rig@test", MaxPayloadBytes = maxPayloadBytes }, lease, sink, Clock, new Random(7));
        NegotiatedCodec codec = line.Codec!; // The lines below have one.
        Session.Configure(new RtpSessionParameters
        {
            RemoteRtp = (IPEndPoint)_peer.LocalEndPoint!, // Bound above.
            ReceivePayloadTypes = PayloadTypeSet.Of((byte)codec.ReceivePayloadType),
            ClockRateHz = codec.ClockRateHz,
        });
        return Session;
    }

    public static NegotiatedMedia Audio(PayloadFormat format) => Line(MediaKind.Audio, format);

    public static NegotiatedMedia Video(PayloadFormat format) => Line(MediaKind.Video, format) with { Direction = MediaDirection.SendOnly };

    public void OnAudioSilent() => Told.Add("silent");

    public void OnKey(char key) => Told.Add($"key {key}");

    public void OnStreamFault(bool isVideo, Exception exception) => Told.Add($"fault {exception.Message}");

    public async ValueTask DisposeAsync()
    {
        if (Session is not null)
            await Session.DisposeAsync();
        _peer.Dispose();
    }

    private static NegotiatedMedia Line(MediaKind kind, PayloadFormat format)
    {
        var codec = new NegotiatedCodec(format, format);
        return new NegotiatedMedia { Index = 0, Kind = kind, Codec = codec, Codecs = [codec], Direction = MediaDirection.SendRecv };
    }
}
