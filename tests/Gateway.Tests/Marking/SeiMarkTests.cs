using System.Text;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Marking;
using Avatar2D.Media;
using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Gateway.Tests.Marking;

public sealed class SeiMarkTests
{
    private const int Side = 128;

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public void Insert_KeyFrameOfAnEncoder_StandsBeforeTheFirstSliceAndDecodesAsBefore(VideoCodec codec)
    {
        var picture = new I420Frame(Side, Side);
        for (int i = 0; i < picture.Pixels.Length; i++)
            picture.Pixels[i] = (byte)(64 + (i % 100));
        using var encoder = new LibAvVideoEncoder(new VideoEncoderSettings { Codec = codec, Width = Side, Height = Side, FramesPerSecond = 25, BitRate = 300_000 });
        byte[] plain = encoder.Encode(picture.View, 0, forceKeyFrame: true).AccessUnit.ToArray();
        SeiMark mark = codec == VideoCodec.H264 ? SeiMark.H264 : SeiMark.H265;
        byte[] marked = new byte[plain.Length + mark.Bytes];
        Assert.Equal(marked.Length, mark.Insert(plain, marked));

        Assert.False(mark.IsIn(plain));
        Assert.True(mark.IsIn(marked));
        List<byte[]> units = Units(marked);
        int place = units.FindIndex(unit => IsSlice(codec, unit[0])) - 1;
        byte[] sei = units[place];
        int header = codec == VideoCodec.H264 ? 1 : H265Nal.HeaderBytes;
        Assert.Equal(codec == VideoCodec.H264 ? 6 : 39, codec == VideoCodec.H264 ? H264Nal.TypeOf(sei[0]) : H265Nal.TypeOf(sei[0]));
        Assert.Equal(5, sei[header]);
        Assert.Equal(sei.Length - header - 3, sei[header + 1]); // Type, size, stop bit.
        Assert.Equal(SeiMark.Uuid, new Guid(sei.AsSpan(header + 2, 16), bigEndian: true));
        Assert.Equal(SeiMark.Text, Encoding.ASCII.GetString(sei[(header + 18)..^1]));
        units.RemoveAt(place);
        Assert.Equal(Units(plain), units);
        Assert.Equal(Decoded(codec, plain), Decoded(codec, marked));
    }

    private static List<byte[]> Units(byte[] accessUnit)
    {
        var units = new List<byte[]>();
        AnnexBReader reader = new(accessUnit);
        while (reader.TryReadNext(out ReadOnlySpan<byte> unit))
            units.Add(unit.ToArray());
        return units;
    }

    private static bool IsSlice(VideoCodec codec, byte header) =>
        codec == VideoCodec.H264 ? H264Nal.IsSlice(H264Nal.TypeOf(header)) : H265Nal.IsSlice(H265Nal.TypeOf(header));

    private static byte[] Decoded(VideoCodec codec, byte[] accessUnit)
    {
        using var decoder = new LibAvVideoDecoder(codec);
        Assert.True(decoder.TryDecode(accessUnit, 0, out DecodedVideo decoded));
        var copy = new I420Frame(Side, Side);
        decoded.Picture.CopyTo(copy.View);
        return copy.Pixels.ToArray();
    }
}
