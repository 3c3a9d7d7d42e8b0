using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;
using BenchmarkDotNet.Attributes;

namespace Avatar2D.Benchmarks;

/// <summary>A key frame of ten RTP packets; figures are per packet.</summary>
public class VideoPayloadBenchmarks
{
    private const int Packets = 10;
    private const int MaxPayload = 1188;
    private readonly H264Packetizer _h264 = new(1, MaxPayload);
    private readonly H265Packetizer _h265 = new(MaxPayload);
    private readonly H264Depacketizer _h264Back = new();
    private readonly H265Depacketizer _h265Back = new();
    private readonly byte[] _payload = new byte[MaxPayload];
    private readonly byte[] _unit264 = KeyFrame([[0x67], [0x68], [0x65]], 2);
    private readonly byte[] _unit265 = KeyFrame([[32 << 1, 1], [33 << 1, 1], [34 << 1, 1], [19 << 1, 1]], 3);
    private byte[][] _packets264 = [];
    private byte[][] _packets265 = [];
    private ushort _sequence;
    private uint _timestamp;

    [GlobalSetup]
    public void SetUp()
    {
        _packets264 = PacketsOf(_h264, _unit264);
        _packets265 = PacketsOf(_h265, _unit265);
    }

    [Benchmark(Description = "H.264 packetize", OperationsPerInvoke = Packets)]
    public int PacketizeH264() => Packetize(_h264, _unit264);

    [Benchmark(Description = "H.265 packetize", OperationsPerInvoke = Packets)]
    public int PacketizeH265() => Packetize(_h265, _unit265);

    [Benchmark(Description = "H.264 depacketize", OperationsPerInvoke = Packets)]
    public int DepacketizeH264() => Depacketize(_h264Back, _packets264);

    [Benchmark(Description = "H.265 depacketize", OperationsPerInvoke = Packets)]
    public int DepacketizeH265() => Depacketize(_h265Back, _packets265);

    /// <summary>Small parameter sets, each a packet, and one slice that fills the rest of the ten.</summary>
    private static byte[] KeyFrame(byte[][] headers, int fragmentHeader)
    {
        List<byte> unit = [];
        for (int i = 0; i < headers.Length; i++)
        {
            bool isSlice = i == headers.Length - 1;
            unit.AddRange([0, 0, 0, 1, .. headers[i]]);
            int fragments = Packets - headers.Length + 1;
            int bytes = isSlice ? (fragments * (MaxPayload - fragmentHeader)) - 100 : 20;
            for (int n = 0; n < bytes; n++)
                unit.Add((byte)((n % 250) + 3));
        }

        return [.. unit];
    }

    private byte[][] PacketsOf(IVideoPacketizer packetizer, byte[] unit)
    {
        List<byte[]> packets = [];
        Begin(packetizer, unit);
        while (packetizer.TryGetNext(unit, _payload, out int length, out _))
            packets.Add([.. new byte[RtpHeader.SizeBytes], .. _payload[..length]]);
        return packets.Count == Packets ? [.. packets] : throw new InvalidOperationException($"{packets.Count} packets, not {Packets}.");
    }

    private int Packetize(IVideoPacketizer packetizer, byte[] unit)
    {
        int bytes = 0;
        Begin(packetizer, unit);
        while (packetizer.TryGetNext(unit, _payload, out int length, out _))
            bytes += length;
        return bytes;
    }

    private int Depacketize(VideoDepacketizer depacketizer, byte[][] packets)
    {
        int bytes = 0;
        _timestamp += 3600;
        for (int i = 0; i < packets.Length; i++)
        {
            new RtpHeader(96, i == packets.Length - 1, _sequence++, _timestamp, 3).TryWrite(packets[i]);
            if (!RtpPacketView.TryParse(packets[i], out RtpPacketView packet, out _))
                throw new InvalidOperationException("The sample is no RTP packet.");
            depacketizer.Push(packet);
            while (depacketizer.TryTake(out VideoFrameView frame))
                bytes += frame.Data.Length;
        }

        return bytes > 0 ? bytes : throw new InvalidOperationException("No picture came out.");
    }

    private static void Begin(IVideoPacketizer packetizer, byte[] unit)
    {
        PacketizeError error = packetizer.Begin(unit);
        if (error != PacketizeError.None)
            throw new InvalidOperationException(error.ToString());
    }
}
