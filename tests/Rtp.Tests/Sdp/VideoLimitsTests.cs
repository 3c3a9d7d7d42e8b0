using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

public class VideoLimitsTests
{
    [Theory]
    [InlineData("1", 176, 144, 15.0)]
    [InlineData("1.1", 352, 288, 7.5)]
    [InlineData("1.2", 352, 288, 15.1)]
    [InlineData("1.2", 240, 320, 20.0)]
    [InlineData("1.2", 256, 256, 23.4)]
    [InlineData("1.3", 352, 288, 30.0)]
    [InlineData("1.3", 240, 320, 39.6)]
    [InlineData("2.2", 512, 512, 19.7)]
    [InlineData("3", 512, 512, 39.5)]
    [InlineData("3", 480, 640, 33.7)]
    [InlineData("3", 720, 576, 25.0)]
    [InlineData("3.1", 1280, 720, 30.0)]
    [InlineData("4", 1920, 1080, 30.1)]
    [InlineData("5.2", 3840, 2160, 64.0)]
    public void H264_LevelAndSize_GivesTheStandardsFrameRate(string level, int width, int height, double expected)
    {
        VideoLimits limits = VideoLimits.ForH264(new(), H264Level.FromName(level));
        Assert.Equal(expected, Math.Floor(limits.MaxFrameRateFor(width, height) * 10) / 10);
    }

    [Theory]
    [InlineData("1.2", 512, 512)]
    [InlineData("2.2", 1280, 720)]
    [InlineData("3", 1280, 720)]
    [InlineData("3.1", 1920, 1080)]
    [InlineData("1.3", 1600, 16)] // the area fits, the side does not
    public void H264_PictureTooLarge_HasNoFrameRate(string level, int width, int height) =>
        Assert.Equal(0, VideoLimits.ForH264(new(), H264Level.FromName(level)).MaxFrameRateFor(width, height));

    [Theory]
    [InlineData(93, 1280, 720, 33)]
    [InlineData(90, 512, 512, 63)]
    [InlineData(63, 512, 512, 0)]
    [InlineData(123, 1920, 1080, 64)]
    [InlineData(30, 176, 144, 15)]
    public void H265_LevelAndSize_GivesTheStandardsFrameRate(int levelId, int width, int height, int expected)
    {
        VideoLimits limits = VideoLimits.ForH265(new() { LevelId = levelId });
        Assert.Equal(expected, (int)limits.MaxFrameRateFor(width, height));
    }

    [Fact]
    public void H264_ExtraParameters_RaiseTheLevel()
    {
        H264Parameters parameters = H264Parameters.From(FormatParameters.Parse("profile-level-id=42c00c;max-mbps=40500;max-fs=1620;max-br=1000"));
        VideoLimits limits = VideoLimits.ForH264(parameters);

        Assert.True(limits.Fits(512, 512, 25));
        Assert.Equal(1_000_000, limits.MaxBitrateBps);
        Assert.False(VideoLimits.ForH264(parameters with { MaxFrameMacroblocks = null }).Fits(512, 512, 1));
    }

    [Fact]
    public void H265_TierAndCeilings_AreKept()
    {
        Assert.Equal(12_000_000, VideoLimits.ForH265(new() { LevelId = 120 }).MaxBitrateBps);
        Assert.Equal(30_000_000, VideoLimits.ForH265(new() { LevelId = 120, HighTier = true }).MaxBitrateBps);
        Assert.Equal(12.5, VideoLimits.ForH265(new() { MaxFrameRateHundredths = 1250 }).MaxFrameRateFor(320, 240));
        Assert.True(VideoLimits.ForH265(new() { LevelId = 60, MaxReceiveLevelId = 93 }).Fits(1280, 720, 25));
    }

    [Fact]
    public void Levels_Table_OnlyGrows()
    {
        for (int i = 1; i < H264Level.All.Length; i++)
        {
            H264Level low = H264Level.All[i - 1];
            H264Level high = H264Level.All[i];
            Assert.True(high.MaxFrameMacroblocks >= low.MaxFrameMacroblocks && high.MaxMacroblocksPerSecond >= low.MaxMacroblocksPerSecond);
            Assert.Same(low, H264Level.Lower(high, low));
        }

        for (int i = 1; i < H265Level.All.Length; i++)
        {
            Assert.True(H265Level.All[i].MaxLumaSamplesPerSecond >= H265Level.All[i - 1].MaxLumaSamplesPerSecond);
            Assert.Same(H265Level.All[i], H265Level.FromIdc(H265Level.All[i].Idc));
        }
    }

    [Theory]
    [InlineData("42c00c", "", 240, 320, 15, 300_000)]
    [InlineData("42c00d", "", 240, 320, 15, 300_000)]
    [InlineData("42e015", "", 384, 384, 25, 400_000)]
    [InlineData("42e016", "", 512, 512, 19, 600_000)]
    [InlineData("42e01e", "", 512, 512, 25, 600_000)]
    [InlineData("42e01f", "", 512, 512, 25, 600_000)]
    [InlineData("42e00a", "", 112, 160, 15, 64_000)]
    [InlineData("42e01f", "a=framerate:15\n", 512, 512, 15, 600_000)]
    [InlineData("42e01f", "a=framerate:10.5\n", 512, 512, 10, 600_000)]
    [InlineData("42e01f", "a=imageattr:97 recv [x=240,y=320]\n", 240, 320, 15, 300_000)]
    [InlineData("42e01f", "a=imageattr:* recv [x=320,y=240] [x=480,y=360,q=0.9]\n", 480, 360, 25, 487_000)]
    [InlineData("42e01f", "a=imageattr:97 recv [x=[96:16:640],y=[96:16:640]]\n", 512, 512, 25, 600_000)]
    public void Pick_DefaultWish_GivesWhatTheReceiverTakes(string profile, string lines, int width, int height, double rate, int bits)
    {
        VideoFormat format = VideoFormatPicker.Pick(Limits(profile, lines), VideoPreference.Default);

        Assert.Equal((width, height, rate), (format.Width, format.Height, format.FrameRate));
        Assert.InRange(format.BitrateBps, bits - 1000, bits + 1000);
    }

    [Theory]
    [InlineData("b=AS:384\n", 512, 364_800)]
    [InlineData("b=TIAS:500000\n", 512, 500_000)]
    [InlineData("b=AS:512\nb=TIAS:300000\n", 512, 300_000)]
    [InlineData("b=AS:200\n", 384, 190_000)]
    [InlineData("b=AS:64\n", 240, 60_800)]
    [InlineData("b=AS:0\n", 512, 600_000)]
    public void Pick_Bandwidth_IsTheCeiling(string lines, int width, int bits)
    {
        VideoFormat format = VideoFormatPicker.Pick(Limits("42e01f", lines), VideoPreference.Default);
        Assert.Equal((width, bits), (format.Width, format.BitrateBps));
    }

    [Fact]
    public void Pick_HighDefinitionWish_FallsThroughTheStockSizes()
    {
        VideoPreference wish = VideoPreference.For(new(1280, 720, 25, 1_500_000));

        Assert.Equal((1280, 25.0), Pick(H264Level.FromName("3.1")!));
        Assert.Equal((512, 25.0), Pick(H264Level.FromName("3")!));
        Assert.Equal((240, 15.0), Pick(H264Level.FromName("1.2")!));
        Assert.Equal(1280, VideoFormatPicker.Pick(VideoLimits.ForH265(new()), wish).Width);

        (int, double) Pick(H264Level level)
        {
            VideoFormat format = VideoFormatPicker.Pick(VideoLimits.ForH264(new(), level), wish);
            return (format.Width, format.FrameRate);
        }
    }

    [Fact]
    public void Pick_AnyLimits_StaysWithinThem()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            H264Level level = H264Level.All[random.Next(H264Level.All.Length)];
            VideoLimits limits = VideoLimits.ForH264(new(), level) with { MaxFrameRate = random.Next(3) == 0 ? random.Next(1, 60) : null };
            var wish = new VideoFormat(random.Next(4, 130) * 16, random.Next(4, 130) * 16, random.Next(5, 60), random.Next(50_000, 5_000_000));

            VideoFormat format = VideoFormatPicker.Pick(limits, VideoPreference.For(wish));

            Assert.True(limits.Fits(format.Width, format.Height, format.FrameRate), $"{format} at level {level.Name}");
            Assert.True(format.BitrateBps <= limits.MaxBitrateBps);
        }
    }

    private static VideoLimits Limits(string profile, string lines)
    {
        SdpSession offer = SdpSamples.Parse(
            $"v=0\no=- 1 1 IN IP4 10.0.0.1\nm=video 4000 RTP/AVP 97\n{lines}a=rtpmap:97 H264/90000\na=fmtp:97 packetization-mode=1;profile-level-id={profile}\n");
        return Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Video()).Negotiated.Video!.Limits!;
    }
}
