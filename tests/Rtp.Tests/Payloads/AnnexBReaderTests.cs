using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Rtp.Tests.Payloads;

public sealed class AnnexBReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("0102", "")]
    [InlineData("000001", "")]
    [InlineData("00000001", "")]
    [InlineData("00000165", "65")]
    [InlineData("0000000165AA", "65AA")]
    [InlineData("00000165AA00000141BB", "65AA,41BB")]
    [InlineData("00000165AA0000000141BB0000", "65AA,41BB")]
    [InlineData("FFFF00000165", "65")]
    [InlineData("000001000001650000", "65")]
    [InlineData("00000165000001", "65")]
    [InlineData("0000016500000301000001410002", "6500000301,410002")]
    [InlineData("0000010000000165", "65")]
    public void TryReadNext_Streams_AreSplit(string hex, string expected)
    {
        AnnexBReader reader = new(Convert.FromHexString(hex));
        List<string> units = [];
        while (reader.TryReadNext(out ReadOnlySpan<byte> nal))
            units.Add(Convert.ToHexString(nal));
        Assert.Equal(expected, string.Join(',', units));
    }

    [Fact]
    public void IsKeyFrame_BySliceType_IsTold()
    {
        Assert.True(H264Nal.IsKeyFrame(VideoCases.MakeH264((7, 5), (8, 5), (5, 9))));
        Assert.False(H264Nal.IsKeyFrame(VideoCases.MakeH264((7, 5), (1, 9))));
        Assert.True(H265Nal.IsKeyFrame(VideoCases.MakeH265((32, 5), (21, 9))));
        Assert.False(H265Nal.IsKeyFrame(VideoCases.MakeH265((32, 5), (1, 9))));
    }

    [Fact]
    public void TryReadNext_RandomStreams_NeverThrowsOrLosesOrder()
    {
        Random random = new(23);
        byte[] bytes = new byte[200];
        int units = 0;
        for (int i = 0; i < 20_000; i++)
        {
            Span<byte> stream = bytes.AsSpan(0, random.Next(bytes.Length));
            for (int n = 0; n < stream.Length; n++)
                stream[n] = (byte)random.Next(3);
            AnnexBReader reader = new(stream);
            int last = 0;
            while (reader.TryReadNext(out int offset, out int length))
            {
                Assert.True(offset >= last + 3 && length > 0 && offset + length <= stream.Length);
                last = offset + length;
                units++;
            }
        }

        Assert.True(units > 1000);
    }

    [Fact]
    public void TryReadNext_Warm_AllocatesNothing()
    {
        byte[] stream = VideoCases.MakeH264((7, 12), (8, 5), (5, 5000));
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            AnnexBReader reader = new(stream);
            while (reader.TryReadNext(out int _, out int _))
            {
            }
        }));
    }
}
