using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Rtp.Tests.Payloads;

public sealed class AudioPayloadTests
{
    /// <summary>Opus packets: hex, valid, frames, ticks at 48 kHz (RFC 6716 §3.2, table 2).</summary>
    public static TheoryData<string, bool, int, int> Opus => new()
    {
        { "", false, 0, 0 },
        { "78", true, 1, 960 }, // hybrid 20 ms, DTX
        { "0801", true, 1, 960 }, // SILK NB 20 ms
        { "1801", true, 1, 2880 }, // SILK NB 60 ms
        { "8001", true, 1, 120 }, // CELT 2.5 ms
        { "9801", true, 1, 960 }, // CELT 20 ms
        { "99AABB", true, 2, 1920 },
        { "99AABBCC", false, 2, 1920 },
        { "9A01AABB", true, 2, 1920 },
        { "9A05AABB", false, 2, 1920 },
        { "9A", false, 2, 1920 },
        { "9AFC", false, 2, 1920 },
        { "9B03AABBCC", true, 3, 2880 },
        { "9B03AABB", false, 3, 2880 },
        { "9B00", false, 0, 0 },
        { "9B", false, 0, 0 },
        { "9B4302AABBCC0000", true, 3, 2880 }, // padding of 2
        { "9B43FFAABBCC", false, 3, 2880 },
        { "9B830101AABBCC", true, 3, 2880 }, // VBR 1, 1, rest
        { "9B8309", false, 3, 2880 },
        { "1B03AABBCC", false, 3, 8640 }, // 180 ms
        { "83B0", false, 48, 5760 }, // VBR without lengths
        { "8330", true, 48, 5760 },
    };

    [Theory]
    [MemberData(nameof(Opus))]
    public void Opus_BothWays_AgreeWithTheTable(string hex, bool valid, int frames, int ticks)
    {
        byte[] packet = Convert.FromHexString(hex);
        Assert.Equal(valid, OpusPacket.TryParse(packet, out int parsedFrames, out int parsedTicks));
        Assert.Equal(frames, parsedFrames);
        Assert.Equal(ticks, parsedTicks);
        Assert.Equal(valid, new OpusDepacketizer().TryGetDuration(packet, out _));

        OpusPacketizer packetizer = new();
        byte[] payload = new byte[100];
        PacketizeError expected = valid ? PacketizeError.None : packet.Length == 0 ? PacketizeError.Empty : PacketizeError.Malformed;
        Assert.Equal(expected, packetizer.Begin(packet));
        Assert.Equal(valid, packetizer.TryGetNext(packet, payload, out int length, out int duration));
        Assert.Equal(valid ? packet : [], payload.AsSpan(0, length).ToArray());
        Assert.Equal(valid ? ticks : 0, duration);
        Assert.False(packetizer.TryGetNext(packet, payload, out _, out _));
    }

    [Fact]
    public void IsDtx_ByLength_IsTold()
    {
        Assert.True(OpusPacket.IsDtx([0x78]));
        Assert.True(OpusPacket.IsDtx([0x78, 0x01]));
        Assert.False(OpusPacket.IsDtx([0x78, 0x01, 0x02]));
        Assert.False(OpusPacket.IsDtx([]));
    }

    [Theory]
    [InlineData(20, 160, new[] { 160 })]
    [InlineData(20, 480, new[] { 160, 160, 160 })]
    [InlineData(30, 480, new[] { 240, 240 })]
    [InlineData(20, 200, new[] { 160, 40 })]
    [InlineData(10, 80, new[] { 80 })]
    public void G711_AnyLength_IsCutAndMeasured(int packetMilliseconds, int bytes, int[] expected)
    {
        byte[] encoded = [.. Enumerable.Range(0, bytes).Select(value => (byte)value)];
        G711Packetizer packetizer = new(packetMilliseconds);
        byte[] payload = new byte[1188];
        List<int> lengths = [];
        List<byte> back = [];
        Assert.Equal(PacketizeError.None, packetizer.Begin(encoded));
        while (packetizer.TryGetNext(encoded, payload, out int length, out int duration))
        {
            Assert.True(new G711Depacketizer().TryGetDuration(payload.AsSpan(0, length), out int ticks));
            Assert.Equal(duration, ticks);
            lengths.Add(length);
            back.AddRange(payload[..length]);
        }

        Assert.Equal(expected, lengths);
        Assert.Equal(encoded, back);
    }

    [Fact]
    public void G711_NothingOrTooMuch_IsRefused()
    {
        Assert.Equal(PacketizeError.Empty, new G711Packetizer().Begin(default));
        Assert.False(new G711Depacketizer().TryGetDuration(default, out _));
        Assert.False(new G711Depacketizer().TryGetDuration(new byte[1601], out _));
    }

    [Fact]
    public void Opus_RandomPackets_NeverThrow()
    {
        Random random = new(41);
        byte[] bytes = new byte[120];
        int valid = 0;
        for (int i = 0; i < 100_000; i++)
        {
            Span<byte> packet = bytes.AsSpan(0, random.Next(bytes.Length));
            random.NextBytes(packet);
            if (OpusPacket.TryParse(packet, out int frames, out int ticks))
            {
                valid++;
                Assert.InRange(frames, 1, 48);
                Assert.InRange(ticks, 120, OpusPacket.MaxDurationTicks);
            }
        }

        Assert.True(valid > 1000);
    }

    [Fact]
    public void Audio_Warm_AllocatesNothing()
    {
        byte[] encoded = new byte[160];
        byte[] opus = [0x78, 1, 2, 3];
        byte[] payload = new byte[200];
        G711Packetizer g711 = new();
        OpusPacketizer opusPacketizer = new();
        OpusDepacketizer depacketizer = new();
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            g711.Begin(encoded);
            g711.TryGetNext(encoded, payload, out _, out _);
            opusPacketizer.Begin(opus);
            opusPacketizer.TryGetNext(opus, payload, out _, out _);
            depacketizer.TryGetDuration(opus, out _);
        }));
    }
}
