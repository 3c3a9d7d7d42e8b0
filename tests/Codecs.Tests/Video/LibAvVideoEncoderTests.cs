using Avatar2D.Codecs.Video;
using Avatar2D.Media;

namespace Avatar2D.Codecs.Tests.Video;

public sealed class LibAvVideoEncoderTests
{
    [Theory]
    [InlineData(VideoCodec.H264, 512, 512, 600_000)]
    [InlineData(VideoCodec.H264, 240, 320, 200_000)]
    [InlineData(VideoCodec.H264, 176, 144, 64_000)]
    [InlineData(VideoCodec.H264, 322, 242, 300_000)]
    [InlineData(VideoCodec.H265, 320, 240, 300_000)]
    public void Encode_ThenDecode_ReturnsEachPictureAtOnce(VideoCodec codec, int width, int height, int bitRate)
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Codec = codec, Width = width, Height = height, BitRate = bitRate });
        using LibAvVideoDecoder decoder = new(codec);
        for (int i = 0; i < 30; i++)
        {
            I420Frame source = TestPictures.Moving(width, height, i);
            EncodedVideo encoded = encoder.Encode(source.View, i, forceKeyFrame: false);
            Assert.Equal(i, encoded.Pts);
            Assert.Equal(i == 0, encoded.IsKeyFrame);
            Assert.True(decoder.TryDecode(encoded.AccessUnit, i * 3600, out DecodedVideo decoded), $"picture {i}");
            Assert.Equal(i * 3600, decoded.Pts);
            Assert.Equal((width, height), (decoded.Picture.Width, decoded.Picture.Height));
            if (i >= 10)
            {
                Assert.True(TestPictures.LumaPsnr(source.View, decoded.Picture) > 32, $"luma {TestPictures.LumaPsnr(source.View, decoded.Picture):F1} dB");
                Assert.True(TestPictures.ChromaPsnr(source.View, decoded.Picture) > 32);
            }
        }
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public void Encode_KeyFrameAsked_IsAnIdrWithParameterSetsThatStartsAFreshDecoder(VideoCodec codec)
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Codec = codec, Width = 320, Height = 240 });
        for (int i = 0; i < 40; i++)
        {
            bool asked = i is 13 or 14 or 30;
            EncodedVideo encoded = encoder.Encode(TestPictures.Moving(320, 240, i).View, i, asked);
            List<int> types = NalUnits.Types(encoded.AccessUnit, codec);
            Assert.Equal(asked || i == 0, encoded.IsKeyFrame);
            Assert.Equal(encoded.IsKeyFrame, types.Any(type => NalUnits.IsIdr(codec, type)));
            Assert.Equal(encoded.IsKeyFrame, NalUnits.ParameterSets(codec).All(types.Contains));
            if (!asked)
                continue;
            using LibAvVideoDecoder fresh = new(codec);
            Assert.True(fresh.TryDecode(encoded.AccessUnit, 1, out DecodedVideo picture));
            Assert.True(picture.IsKeyFrame);
        }
    }

    [Theory]
    [InlineData(10, 176, 144, 15, 66, 10)]
    [InlineData(13, 352, 288, 25, 66, 13)]
    [InlineData(31, 512, 512, 25, 66, 31)]
    [InlineData(9, 176, 144, 15, 66, 11)]
    public void Encode_H264Level_IsInTheParameterSetAsConstrainedBaseline(int tenths, int width, int height, int rate, int profile, int levelIdc)
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings
        {
            Width = width,
            Height = height,
            FramesPerSecond = rate,
            BitRate = 64_000,
            Level = new VideoLevel(tenths),
        });
        byte[] accessUnit = encoder.Encode(TestPictures.Moving(width, height, 0).View, 0, false).AccessUnit.ToArray();
        byte[] sps = NalUnits.Find(accessUnit, VideoCodec.H264, 7);
        Assert.Equal(profile, sps[1]);
        Assert.NotEqual(0, sps[2] & 0x40); // constraint_set1: constrained baseline
        Assert.Equal(levelIdc, sps[3]);
        Assert.Equal(tenths == 9, (sps[2] & 0x10) != 0 && sps[3] == 11); // constraint_set3 with 11 is level 1b
    }

    [Fact]
    public void Encode_H265Level_IsInTheParameterSet()
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Codec = VideoCodec.H265, Width = 320, Height = 240, Level = new VideoLevel(31) });
        byte[] sps = NalUnits.Find(encoder.Encode(TestPictures.Moving(320, 240, 0).View, 0, false).AccessUnit.ToArray(), VideoCodec.H265, 33);
        // Two header bytes, one byte of ids, then profile_tier_level: 11 bytes of profile, then level_idc (the first bytes hold no emulation).
        byte[] clean = NalUnits.WithoutEmulation(sps);
        Assert.Equal(1, clean[3] & 31); // Main
        Assert.Equal(93, clean[14]);
    }

    [Theory]
    [InlineData("libx264", VideoCodec.H264, 300_000)]
    [InlineData("libx265", VideoCodec.H265, 300_000)]
    public void Encode_BusyPictures_KeepToTheBitRate(string name, VideoCodec codec, int bitRate)
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { EncoderName = name, Codec = codec, Width = 320, Height = 240, BitRate = bitRate });
        long bits = 0;
        long worstSecond = 0;
        Queue<int> window = [];
        I420Frame frame = new(320, 240);
        for (int i = 0; i < 150; i++)
        {
            TestPictures.Draw(frame, i * 3);
            AddGrain(frame, i);
            int size = encoder.Encode(frame.View, i, false).AccessUnit.Length * 8;
            bits += size;
            window.Enqueue(size);
            if (window.Count > 25)
                window.Dequeue();
            worstSecond = Math.Max(worstSecond, window.Sum());
        }

        double average = bits / 6.0;
        Assert.InRange(average, bitRate * 0.5, bitRate * 1.15);
        Assert.True(worstSecond < bitRate * 1.35, $"worst second {worstSecond}");
    }

    [Theory]
    [InlineData("libx264", VideoCodec.H264)]
    [InlineData("libx265", VideoCodec.H265)]
    public void SetBitRate_WhileRunning_IsFollowedAndStaysDecodable(string name, VideoCodec codec)
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { EncoderName = name, Codec = codec, Width = 320, Height = 240, BitRate = 800_000 });
        using LibAvVideoDecoder decoder = new(codec);
        I420Frame frame = new(320, 240);
        long[] bits = new long[2];
        bool keyAtChange = false;
        for (int i = 0; i < 150; i++)
        {
            if (i == 75)
                encoder.SetBitRate(200_000);
            TestPictures.Draw(frame, i * 3);
            AddGrain(frame, i);
            EncodedVideo encoded = encoder.Encode(frame.View, i, false);
            keyAtChange |= i == 75 && encoded.IsKeyFrame;
            if (i % 75 >= 25)
                bits[i / 75] += encoded.AccessUnit.Length * 8;
            Assert.True(decoder.TryDecode(encoded.AccessUnit, i, out _));
        }

        Assert.Equal(200_000, encoder.Settings.BitRate);
        Assert.True(bits[1] < bits[0] / 2, $"{bits[0]} then {bits[1]} bits in two seconds each");
        Assert.InRange(bits[1] / 2, 80_000, 260_000);
        Assert.Equal(name == "libx265", keyAtChange); // x264 goes on without a key frame
    }

    [Fact]
    public void Encode_WithSliceLimit_HasNoLargerNalUnit()
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Width = 320, Height = 240, BitRate = 1_500_000, MaxSliceBytes = 1000 });
        Random random = new(3);
        I420Frame frame = new(320, 240);
        int many = 0;
        for (int i = 0; i < 20; i++)
        {
            TestPictures.DrawNoise(frame, random);
            byte[] accessUnit = encoder.Encode(frame.View, i, i == 10).AccessUnit.ToArray();
            List<byte[]> units = NalUnits.Split(accessUnit);
            Assert.All(units, unit => Assert.True(unit.Length <= 1000, $"{unit.Length} bytes"));
            many = Math.Max(many, units.Count);
        }

        Assert.True(many > 3);
    }

    [Theory]
    [InlineData("libx264", VideoCodec.H264)]
    [InlineData("libx265", VideoCodec.H265)]
    public void Encode_AfterWarmUp_AllocatesNothingManaged(string name, VideoCodec codec)
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { EncoderName = name, Codec = codec, Width = 176, Height = 144 });
        I420Frame[] frames = [TestPictures.Moving(176, 144, 0), TestPictures.Moving(176, 144, 1)];
        int number = 0;
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 6; i++, number++)
                encoder.Encode(frames[i & 1].View, number, i == 3);
        }));
    }

    [Fact]
    public void Encode_SixteenEncodersAtOnce_AllWork()
    {
        LibAvVideoEncoder[] encoders = [.. Enumerable.Range(0, 16).Select(_ => new LibAvVideoEncoder(new VideoEncoderSettings { Width = 176, Height = 144 }))];
        LibAvVideoDecoder[] decoders = [.. encoders.Select(_ => new LibAvVideoDecoder(VideoCodec.H264))];
        Parallel.For(0, 16, n =>
        {
            for (int i = 0; i < 12; i++)
            {
                I420Frame source = TestPictures.Moving(176, 144, i + (n * 10));
                EncodedVideo encoded = encoders[n].Encode(source.View, i, i == n % 12);
                Assert.True(decoders[n].TryDecode(encoded.AccessUnit, i, out DecodedVideo decoded));
                Assert.True(TestPictures.LumaPsnr(source.View, decoded.Picture) > 28);
            }
        });
        foreach (LibAvVideoEncoder encoder in encoders)
            encoder.Dispose();
        foreach (LibAvVideoDecoder decoder in decoders)
            decoder.Dispose();
    }

    [Fact]
    public void Constructor_BadSettings_SaysWhy()
    {
        Assert.Throws<ArgumentException>(() => new LibAvVideoEncoder(new VideoEncoderSettings { Width = 321, Height = 240 }));
        Assert.Throws<ArgumentException>(() => new LibAvVideoEncoder(new VideoEncoderSettings { Width = 320, Height = 240, EncoderName = "mpeg4" }));
        Assert.Throws<ArgumentException>(() => new LibAvVideoEncoder(new VideoEncoderSettings { Width = 320, Height = 240, EncoderName = "libx265" }));
        Assert.Throws<ArgumentException>(() =>
            new LibAvVideoEncoder(new VideoEncoderSettings { Width = 320, Height = 240, Codec = VideoCodec.H265, MaxSliceBytes = 1000 }));
        Assert.Throws<CodecException>(() => new LibAvVideoEncoder(new VideoEncoderSettings { Width = 320, Height = 240, Preset = "warp" }));
    }

    [Fact]
    public void Encode_WrongSizeOrNumber_ThrowsAndGoesOn()
    {
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Width = 64, Height = 64 });
        encoder.Encode(new I420Frame(64, 64).View, 5, false);
        Assert.Throws<ArgumentException>(() => encoder.Encode(new I420Frame(64, 62).View, 6, false).IsKeyFrame);
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(new I420Frame(64, 64).View, 5, false).IsKeyFrame);
        Assert.False(encoder.Encode(new I420Frame(64, 64).View, 6, false).AccessUnit.IsEmpty);
    }

    [Fact]
    public void Dispose_Twice_AndCallsAfterIt_DoNotCrash()
    {
        LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Width = 64, Height = 64 });
        encoder.Dispose();
        encoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => encoder.Encode(new I420Frame(64, 64).View, 0, false).IsKeyFrame);
    }

    private static void AddGrain(I420Frame frame, int seed)
    {
        Random random = new(seed);
        foreach (ref byte pixel in frame.View.Y)
            pixel = (byte)(pixel + random.Next(-6, 7));
    }
}
