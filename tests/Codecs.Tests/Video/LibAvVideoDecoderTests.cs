using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs.Tests.Video;

public sealed class LibAvVideoDecoderTests
{
    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public void TryDecode_MutatedAndCutBytes_NeverThrowsAndRecoversAtTheNextIdr(VideoCodec codec)
    {
        List<byte[]> stream = Encode(codec, 20);
        Random random = new(11);
        using LibAvVideoDecoder decoder = new(codec);
        for (int round = 0; round < 60; round++)
        {
            byte[] bytes = [.. stream[random.Next(stream.Count)]];
            for (int i = random.Next(1, 12); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            decoder.TryDecode(bytes.AsSpan(0, random.Next(1, bytes.Length + 1)), round, out _);
        }

        Assert.True(decoder.TryDecode(stream[0], 1000, out DecodedVideo picture));
        Assert.Equal(1000, picture.Pts);
    }

    [Fact]
    public void TryDecode_GarbageAndNothing_ReturnFalse()
    {
        using LibAvVideoDecoder decoder = new(VideoCodec.H264);
        Assert.False(decoder.TryDecode([], 0, out _));
        Assert.False(decoder.TryDecode(new byte[5000], 0, out _));
        byte[] noise = new byte[5000];
        new Random(5).NextBytes(noise);
        Assert.False(decoder.TryDecode(noise, 0, out _));
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public void TryDecode_StreamWithoutItsStart_WaitsForAnIdr(VideoCodec codec)
    {
        List<byte[]> stream = Encode(codec, 10);
        using LibAvVideoDecoder decoder = new(codec);
        Assert.All(stream.Skip(1), unit => Assert.False(decoder.TryDecode(unit, 0, out _)));
        Assert.True(decoder.TryDecode(stream[0], 0, out _));
    }

    [Fact]
    public void TryDecode_SizeChangesInTheStream_IsFollowed()
    {
        using LibAvVideoDecoder decoder = new(VideoCodec.H264);
        foreach ((int width, int height) in new[] { (176, 144), (320, 240), (240, 320) })
        {
            using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Width = width, Height = height });
            Assert.True(decoder.TryDecode(encoder.Encode(TestPictures.Moving(width, height, 0).View, 0, true).AccessUnit, 0, out DecodedVideo picture));
            Assert.Equal((width, height), (picture.Picture.Width, picture.Picture.Height));
        }
    }

    private static List<byte[]> Encode(VideoCodec codec, int pictures)
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Codec = codec, Width = 176, Height = 144 });
        List<byte[]> stream = [];
        for (int i = 0; i < pictures; i++)
            stream.Add(encoder.Encode(TestPictures.Moving(176, 144, i).View, i, false).AccessUnit.ToArray());
        return stream;
    }
}
