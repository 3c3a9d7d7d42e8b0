using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Tests.Packets;

namespace Avatar2D.Rtp.Tests.Payloads;

public sealed class VideoPayloadTests
{
    public static TheoryData<string> H264Names => [.. VideoCases.H264.Select(item => item.Name)];

    public static TheoryData<string> H265Names => [.. VideoCases.H265.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(H264Names))]
    public void H264_EveryCase_GoesOutAndComesBack(string name)
    {
        (_, (int, int)[] units, bool aggregate, int[] packets) = VideoCases.H264.Single(item => item.Name == name);
        byte[] accessUnit = VideoCases.MakeH264(units);
        RoundTrip(new H264Packetizer(1, VideoCases.MaxPayloadBytes, aggregate), new H264Depacketizer(), accessUnit, packets);
    }

    [Theory]
    [MemberData(nameof(H265Names))]
    public void H265_EveryCase_GoesOutAndComesBack(string name)
    {
        (_, (int, int)[] units, bool aggregate, int[] packets) = VideoCases.H265.Single(item => item.Name == name);
        byte[] accessUnit = VideoCases.MakeH265(units);
        RoundTrip(new H265Packetizer(VideoCases.MaxPayloadBytes, aggregate), new H265Depacketizer(), accessUnit, packets);
    }

    [Fact]
    public void H264_FuA_MatchesGoldenBytes()
    {
        byte[] accessUnit = [0, 0, 1, 0x65, .. Enumerable.Range(1, 20).Select(value => (byte)value)];
        H264Packetizer packetizer = new(1, 16);
        List<string> payloads = Packetize(packetizer, accessUnit, 16).ConvertAll(packet => Convert.ToHexString(packet.Payload));
        Assert.Equal(["7C850102030405060708090A0B0C0D0E", "7C450F1011121314"], payloads);
    }

    [Fact]
    public void H264_StapA_MatchesGoldenBytes()
    {
        byte[] accessUnit = [0, 0, 1, 0x27, 0xAA, 0, 0, 1, 0x68, 0xBB];
        H264Packetizer packetizer = new(1, 16, aggregate: true);
        Assert.Equal("78000227AA000268BB", Convert.ToHexString(Packetize(packetizer, accessUnit, 16).Single().Payload));
    }

    [Fact]
    public void H265_Fragment_MatchesGoldenBytes()
    {
        byte[] accessUnit = [0, 0, 1, 0x26, 0x01, .. Enumerable.Range(1, 20).Select(value => (byte)value)];
        List<string> payloads = Packetize(new H265Packetizer(16), accessUnit, 16).ConvertAll(packet => Convert.ToHexString(packet.Payload));
        Assert.Equal(["6201930102030405060708090A0B0C0D", "6201530E0F1011121314"], payloads);
    }

    [Fact]
    public void H265_Aggregation_MatchesGoldenBytes()
    {
        byte[] accessUnit = [0, 0, 1, 0x40, 0x02, 0xAA, 0, 0, 1, 0x42, 0x01, 0xBB];
        Assert.Equal(
            "600100034002AA00034201BB",
            Convert.ToHexString(Packetize(new H265Packetizer(16, aggregate: true), accessUnit, 16).Single().Payload));
    }

    [Fact]
    public void H264Mode0_LongSlice_IsRefused()
    {
        H264Packetizer packetizer = new(0, 100);
        Assert.Equal(PacketizeError.None, packetizer.Begin(VideoCases.MakeH264((7, 12), (5, 100), (5, 99))));
        byte[] tooLong = VideoCases.MakeH264((7, 12), (5, 101));
        Assert.Equal(PacketizeError.NalTooLong, packetizer.Begin(tooLong));
        Assert.False(packetizer.TryGetNext(tooLong, new byte[100], out _, out _));
    }

    [Fact]
    public void H264Mode0_SmallSlices_GoOutAlone()
    {
        byte[] accessUnit = VideoCases.MakeH264((7, 12), (8, 5), (5, 90), (5, 90));
        RoundTrip(new H264Packetizer(0, 100, aggregate: true), new H264Depacketizer(), accessUnit, [12, 5, 90, 90]);
    }

    [Theory]
    [InlineData("", PacketizeError.Empty)]
    [InlineData("0102030405", PacketizeError.Empty)]
    [InlineData("0000017C8501", PacketizeError.Malformed)]
    [InlineData("00000100", PacketizeError.Empty)]
    [InlineData("0000012001", PacketizeError.Malformed)]
    public void H264_NoAccessUnit_IsRefused(string hex, PacketizeError expected) =>
        Assert.Equal(expected, new H264Packetizer(1).Begin(Convert.FromHexString(hex)));

    [Fact]
    public void H265_NoAccessUnit_IsRefused()
    {
        Assert.Equal(PacketizeError.Empty, new H265Packetizer().Begin([0, 0, 1, 0x26]));
        Assert.Equal(PacketizeError.Malformed, new H265Packetizer().Begin([0, 0, 1, 0x62, 1, 2]));
    }

    [Fact]
    public void TryGetNext_OtherBytesThanBegan_GivesNothing()
    {
        H264Packetizer packetizer = new(1, 100);
        packetizer.Begin(VideoCases.MakeH264((1, 50)));
        Assert.False(packetizer.TryGetNext(new byte[10], new byte[100], out _, out _));
    }

    [Fact]
    public void Packetizers_Warm_AllocateNothing()
    {
        byte[] h264 = VideoCases.MakeH264((7, 12), (8, 5), (5, 6000));
        byte[] h265 = VideoCases.MakeH265((32, 12), (33, 5), (19, 6000));
        byte[] payload = new byte[1188];
        IVideoPacketizer first = new H264Packetizer(1);
        IVideoPacketizer second = new H265Packetizer();
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            first.Begin(h264);
            while (first.TryGetNext(h264, payload, out _, out _))
            {
            }

            second.Begin(h265);
            while (second.TryGetNext(h265, payload, out _, out _))
            {
            }
        }));
    }

    [Fact]
    public void Depacketizers_Warm_AllocateNothing()
    {
        List<(byte[] Payload, bool Marker)> packets = Packetize(new H264Packetizer(1), VideoCases.MakeH264((7, 12), (8, 5), (5, 90_000)), 1188);
        H264Depacketizer depacketizer = new();
        ushort sequence = 0;
        uint timestamp = 0;
        int frames = 0;
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            timestamp += 3600;
            for (int i = 0; i < packets.Count; i++)
            {
                depacketizer.Push(packets[i].Payload, sequence++, timestamp, packets[i].Marker);
                while (depacketizer.TryTake(out _))
                    frames++;
            }
        }));
        Assert.Equal(6, frames);
    }

    internal static List<(byte[] Payload, bool Marker)> Packetize(IVideoPacketizer packetizer, byte[] accessUnit, int maxPayloadBytes)
    {
        List<(byte[], bool)> packets = [];
        byte[] payload = new byte[maxPayloadBytes];
        Assert.Equal(PacketizeError.None, packetizer.Begin(accessUnit));
        while (packetizer.TryGetNext(accessUnit, payload, out int length, out bool marker))
            packets.Add((payload.AsSpan(0, length).ToArray(), marker));
        return packets;
    }

    private static void RoundTrip(IVideoPacketizer packetizer, VideoDepacketizer depacketizer, byte[] accessUnit, int[] packetBytes)
    {
        // Twice: nothing of the first picture may stick to the second.
        ushort sequence = 65534;
        for (uint picture = 0; picture < 2; picture++)
        {
            List<(byte[] Payload, bool Marker)> packets = Packetize(packetizer, accessUnit, VideoCases.MaxPayloadBytes);
            Assert.Equal(packetBytes, packets.Select(packet => packet.Payload.Length));
            Assert.Equal(packets.Count - 1, packets.FindIndex(packet => packet.Marker));
            foreach ((byte[] payload, bool marker) in packets)
            {
                RtpPacketView view = RtpBytes.View(RtpBytes.Make(sequence++, picture * 3600, payload, marker: marker));
                Assert.Equal(DepacketizeResult.Accepted, depacketizer.Push(view));
            }

            Assert.True(depacketizer.TryTake(out VideoFrameView frame));
            Assert.Equal(VideoCases.WithLongStartCodes(accessUnit), frame.Data.ToArray());
            Assert.Equal(picture * 3600, frame.Timestamp);
            Assert.False(frame.IsDamaged);
            Assert.False(frame.FollowsLoss);
            Assert.False(depacketizer.TryTake(out _));
        }
    }
}
