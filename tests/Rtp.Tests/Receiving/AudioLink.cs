using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Tests.Packets;

namespace Avatar2D.Rtp.Tests.Receiving;

/// <summary>
/// A sender of 20 ms G.711 packets, a network and a media clock, all on simulated microseconds: what a jitter buffer sees.
/// </summary>
internal sealed class AudioLink(JitterBufferOptions? options = null)
{
    public const int Frequency = 1_000_000;
    public const int FrameTicks = 160;
    public const int FrameMicroseconds = 20_000;

    private readonly PriorityQueue<byte[], (long Arrival, int Order)> _network = new();
    private int _order;

    public JitterBuffer Buffer { get; } = new(options ?? new JitterBufferOptions(), Frequency);

    /// <summary>What came out, one letter per piece: P packet, L lost, F lost with FEC, E empty.</summary>
    public List<char> Pieces { get; } = [];

    /// <summary>Sequence numbers of the packets that came out.</summary>
    public List<ushort> Played { get; } = [];

    /// <summary>Delay from sending to playing of each packet, microseconds.</summary>
    public List<long> Delays { get; } = [];

    public long Now { get; private set; } = 5_000_000;

    private long _popAt;

    /// <summary>Puts a packet on the network that was sent at a time and arrives later.</summary>
    public void Send(int sequence, long timestamp, long arrival, uint ssrc = 1, byte tag = 0, int bytes = 160)
    {
        byte[] payload = new byte[bytes];
        payload[0] = tag;
        _network.Enqueue(RtpBytes.Make((ushort)sequence, (uint)timestamp, payload, ssrc), (arrival, _order++));
    }

    /// <summary>Lets time pass: packets arrive, and every 20 ms one tick pops until it has its 160 samples.</summary>
    public void RunUntil(long end)
    {
        if (_popAt == 0)
            _popAt = Now + 7_000; // the media clock has a phase of its own
        while (true)
        {
            bool arrives = _network.TryPeek(out _, out (long Arrival, int Order) next) && next.Arrival <= _popAt;
            long at = arrives ? next.Arrival : _popAt;
            if (at > end)
                break;
            Now = at;
            if (arrives)
                Buffer.Put(RtpBytes.View(_network.Dequeue()), 0, at);
            else
                Tick();
        }

        Now = end;
    }

    private int _inHand;

    private void Tick()
    {
        while (_inHand < FrameTicks)
        {
            JitterFrame frame = Buffer.Pop(_popAt, FrameTicks);
            Assert.True(frame.DurationTicks > 0);
            _inHand += frame.DurationTicks;
            Pieces.Add(frame.Kind switch
            {
                JitterFrameKind.Packet => 'P',
                JitterFrameKind.Lost => 'L',
                JitterFrameKind.LostFecInNext => 'F',
                _ => 'E',
            });
            if (frame.Kind == JitterFrameKind.Packet)
            {
                Played.Add(frame.SequenceNumber);
                Delays.Add(_popAt - (Origin + (((long)frame.Timestamp - FirstTimestamp) * Frequency / 8000)));
            }
        }

        _inHand -= FrameTicks;
        _popAt += FrameMicroseconds;
    }

    /// <summary>When the sample of <see cref="FirstTimestamp"/> was sent.</summary>
    public long Origin { get; set; } = 5_000_000;

    public long FirstTimestamp { get; set; }

    public string Line => new([.. Pieces]);
}
