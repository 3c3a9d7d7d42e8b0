using System.Collections.Concurrent;
using System.Net;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>
/// Stands in a media stream between a peer and the gateway: keeps every datagram, passes it on, and loses or delays those that a
/// test wants lost or late. Each side sees the tap's ports instead of the other's, RTP on the even port, RTCP on the next.
/// </summary>
internal sealed class MediaTap : IAsyncDisposable
{
    private readonly UdpPort[] _near;
    private readonly UdpPort[] _far;
    private readonly ConcurrentQueue<TapPacket> _packets = new();
    private volatile int _peerPort;
    private volatile int _gatewayPort;
    private volatile Func<TapPacket, bool>? _lose;
    private volatile Action<TapPacket, Action>? _forward;

    public MediaTap()
    {
        NearPort = FreePorts.Range(2);
        FarPort = FreePorts.Range(2);
        _near = [Open(NearPort, 0, fromGateway: false), Open(NearPort, 1, fromGateway: false)];
        _far = [Open(FarPort, 0, fromGateway: true), Open(FarPort, 1, fromGateway: true)];
        foreach (UdpPort port in _near.Concat(_far))
            port.Start();
    }

    /// <summary>Where the peer sends.</summary>
    public int NearPort { get; }

    /// <summary>Where the gateway sends.</summary>
    public int FarPort { get; }

    /// <summary>RTP port of the peer.</summary>
    public int PeerPort { set => _peerPort = value; }

    /// <summary>RTP port of the gateway.</summary>
    public int GatewayPort { set => _gatewayPort = value; }

    /// <summary>Packets for which it says true are kept but not passed on; null passes all.</summary>
    public Func<TapPacket, bool>? Lose { set => _lose = value; }

    /// <summary>Passes a packet on by calling the action, later or more than once if it likes; null passes all at once.</summary>
    public Action<TapPacket, Action>? Forward { set => _forward = value; }

    /// <summary>Everything in the order in which it came.</summary>
    public IReadOnlyList<TapPacket> Packets => [.. _packets];

    /// <summary>RTP of the gateway.</summary>
    public IEnumerable<TapPacket> Rtp => _packets.Where(packet => packet.FromGateway && packet.IsRtp);

    /// <summary>Pictures of the gateway that begin with or hold an IDR slice.</summary>
    public int IdrPictures => Rtp.Where(packet => packet.HasIdr).Select(packet => packet.MediaTime).Distinct().Count();

    /// <summary>Requests of the peer for a key frame.</summary>
    public int KeyFrameRequests => _packets.Count(packet => !packet.FromGateway && packet.AsksForKeyFrame);

    public async ValueTask DisposeAsync()
    {
        foreach (UdpPort port in _near.Concat(_far))
            await port.DisposeAsync();
    }

    private UdpPort Open(int port, int channel, bool fromGateway) =>
        new(port + channel, (data, _) => Pass(new TapPacket(fromGateway, data, TimeProvider.System.GetTimestamp()), channel));

    private void Pass(TapPacket packet, int channel)
    {
        _packets.Enqueue(packet);
        int target = packet.FromGateway ? _peerPort : _gatewayPort;
        if (target == 0 || _lose?.Invoke(packet) == true)
            return;
        UdpPort exit = packet.FromGateway ? _near[channel] : _far[channel];
        var end = new IPEndPoint(IPAddress.Loopback, target + channel);
        if (_forward is { } forward)
            forward(packet, () => exit.Send(packet.Data, end));
        else
            exit.Send(packet.Data, end);
    }
}
