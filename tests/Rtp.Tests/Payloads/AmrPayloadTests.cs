using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Rtp.Tests.Payloads;

public sealed class AmrPayloadTests
{
    public static TheoryData<bool, bool, int[]> Cases
    {
        get
        {
            var cases = new TheoryData<bool, bool, int[]>();
            foreach (bool wide in new[] { false, true })
            {
                foreach (bool aligned in new[] { false, true })
                {
                    for (int type = 0; type <= (wide ? 9 : 8); type++)
                        cases.Add(wide, aligned, [type]);
                    cases.Add(wide, aligned, [0, 15, 2]);
                    cases.Add(wide, aligned, [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WriteAndRead_Frames_ComeBackBitByBit(bool wide, bool aligned, int[] types)
    {
        var format = new AmrPayload(wide, aligned);
        byte[][] frames = [.. types.Select((type, i) => Frame(format, type, i))];
        byte[] payload = new byte[1000];
        int length = format.Write([.. frames.SelectMany(frame => frame)], 5, payload);
        int bits = types.Sum(format.BitsOf);
        int expected = aligned
            ? 1 + types.Length + types.Sum(type => (format.BitsOf(type) + 7) / 8)
            : (4 + (6 * types.Length) + bits + 7) / 8;
        Assert.Equal(expected, length);

        Assert.True(format.TryParse(payload.AsSpan(0, length), out int count, out int request));
        Assert.Equal((types.Length, 5), (count, request));
        byte[] room = new byte[AmrPayload.MaxFrameBytes];
        for (int i = 0; i < frames.Length; i++)
            Assert.Equal(frames[i], room[..format.ReadFrame(payload.AsSpan(0, length), i, room)]);
        Assert.True(new AmrDepacketizer(format).TryGetDuration(payload.AsSpan(0, length), out int ticks));
        Assert.Equal(types.Length * (wide ? 320 : 160), ticks);
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            _ = format.TryParse(payload, out _, out _);
            format.ReadFrame(payload, 0, room);
        }));
    }

    [Fact]
    public void Write_OneFrameBandwidthEfficient_IsTheExampleOfRfc4867()
    {
        // §4.3.5.1: CMR 15, F 0, FT 4, Q 1, then 148 bits that begin with 1; two bits of padding.
        var format = new AmrPayload(Wide: false, OctetAligned: false);
        byte[] frame = [0x24, .. Enumerable.Repeat((byte)0xFF, 18), 0xF0];
        byte[] payload = new byte[32];
        Assert.Equal(20, format.Write(frame, 15, payload));
        Assert.Equal([0b1111_0010, 0b0111_1111], payload[..2]);
        Assert.Equal(0b1111_1100, payload[19]);
    }

    [Theory]
    [InlineData(false, false, "")]
    [InlineData(false, true, "F0")]
    [InlineData(false, false, "F3C0")] // 7.95, but no speech bits
    [InlineData(true, true, "F05400")] // type 10 does not exist
    [InlineData(false, true, "F0BCBCBCBCBCBCBCBCBCBCBCBCBCBC3C00")] // thirteen frames
    public void TryParse_NotAPayload_IsRefused(bool wide, bool aligned, string hex) =>
        Assert.False(new AmrPayload(wide, aligned).TryParse(Convert.FromHexString(hex), out _, out _));

    private static byte[] Frame(AmrPayload format, int type, int seed)
    {
        int bits = format.BitsOf(type);
        byte[] frame = new byte[1 + ((bits + 7) / 8)];
        new Random(type + (100 * seed)).NextBytes(frame);
        frame[0] = (byte)((type << 3) | 4);
        if (bits % 8 != 0)
            frame[^1] &= (byte)(0xFF << (8 - (bits % 8)));
        return frame;
    }
}
