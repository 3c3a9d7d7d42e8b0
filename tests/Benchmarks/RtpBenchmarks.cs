using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Receiving;
using BenchmarkDotNet.Attributes;

namespace Avatar2D.Benchmarks;

/// <summary>Per RTP packet on the way in.</summary>
public class RtpBenchmarks
{
    private readonly byte[] _datagram = new byte[RtpHeader.SizeBytes + 160];
    private readonly ManualTime _time = new();
    private JitterBuffer _jitter = null!; // Set up before every run.
    private ushort _sequence;
    private uint _timestamp;

    [GlobalSetup]
    public void SetUp()
    {
        _jitter = new JitterBuffer(new JitterBufferOptions(), _time.TimestampFrequency);
        new RtpHeader(0, true, 1, 2, 3).TryWrite(_datagram);
    }

    [Benchmark(Description = "RTP parse")]
    public int Parse()
    {
        if (!RtpPacketView.TryParse(_datagram, out RtpPacketView packet, out _))
            throw new InvalidOperationException("The sample is no RTP packet.");
        return packet.SequenceNumber + packet.Payload.Length;
    }

    [Benchmark(Description = "Jitter buffer put and pop, 20 ms G.711")]
    public int PutAndPop()
    {
        long now = _time.Advance(20);
        new RtpHeader(0, false, _sequence++, _timestamp, 3).TryWrite(_datagram);
        _timestamp += 160;
        if (!RtpPacketView.TryParse(_datagram, out RtpPacketView packet, out _))
            throw new InvalidOperationException("The sample is no RTP packet.");
        _jitter.Put(packet, 160, now);
        return _jitter.Pop(now, 160).Payload.Length;
    }
}
