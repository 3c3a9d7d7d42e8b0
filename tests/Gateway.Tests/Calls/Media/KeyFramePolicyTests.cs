using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Tests.Calls.Media;

public sealed class KeyFramePolicyTests
{
    private readonly KeyFramePolicy _policy = new(
        new VideoOptions
        {
            KeyFrameRequestIntervalMs = 500, EarlyKeyFrameIntervalSeconds = 2, EarlyKeyFrameSeconds = 5, KeyFrameIntervalSeconds = 10,
        },
        ticksPerSecond: 1000);

    [Fact]
    public void Next_NobodyAsks_FirstThenEarlyThenRegular()
    {
        List<int> keyFrames = [];
        for (int ms = 0; ms < 27_000; ms += 40)
        {
            if (_policy.Next(ms))
                keyFrames.Add(ms);
        }

        Assert.Equal([0, 2000, 4000, 14_000, 24_000], keyFrames);
    }

    [Fact]
    public void Next_Requested_NextPictureIsKeyFrame()
    {
        _policy.Next(0);
        Assert.False(_policy.Next(920));
        _policy.Request();

        Assert.True(_policy.Next(960));
        Assert.False(_policy.Next(1000));
    }

    [Fact]
    public void Next_RequestedEveryPicture_AtMostEveryInterval()
    {
        int keyFrames = 0;
        for (int ms = 0; ms < 10_000; ms += 40)
        {
            _policy.Request();
            if (_policy.Next(ms))
                keyFrames++;
        }

        // 520 ms is the first multiple of 40 ms at or above 500 ms.
        Assert.Equal((10_000 / 520) + 1, keyFrames);
    }

    [Fact]
    public void Next_RequestedTooSoon_AnsweredWhenAllowed()
    {
        _policy.Next(0);
        _policy.Request();

        Assert.False(_policy.Next(480));
        Assert.True(_policy.Next(520));
    }

    [Fact]
    public void Next_Restarted_KeyFrameAtOnce()
    {
        _policy.Next(0);
        _policy.Restart();

        Assert.True(_policy.Next(40));
    }

    [Theory]
    [InlineData(1, 40, 4)]
    [InlineData(16, 40, 4)]
    [InlineData(40, 40, 10)]
    [InlineData(40, 66.7, 7)]
    public void BurstFor_PacketsOfPicture_WholePictureWithinHalfFrameTime(int packets, double frameMs, int burst)
    {
        Assert.Equal(burst, PacketPacing.BurstFor(packets, frameMs));
        Assert.True(((packets + burst - 1) / burst) * PacketPacing.StepMs <= frameMs / 2 || packets <= burst);
    }
}
