using Avatar2D.Gateway.Calls.Media;

namespace Avatar2D.Gateway.Tests.Calls.Media;

public sealed class VideoTimesTests
{
    [Fact]
    public void Percentile_TwoStreams_OverAllPictures()
    {
        var quick = new VideoTimes(ticksPerSecond: 1_000_000);
        var slow = new VideoTimes(ticksPerSecond: 1_000_000);
        for (int i = 0; i < 98; i++)
            quick.OnPicture(late: 100, draw: 1000, encode: 2000);
        slow.OnPicture(late: 7_900, draw: 0, encode: 0);
        slow.OnPicture(late: 5_000_000, draw: 0, encode: 0);
        long[] sum = VideoTimes.NewSum();
        quick.AddLatenessTo(sum);
        slow.AddLatenessTo(sum);

        Assert.Equal(0.5, VideoTimes.Percentile(sum, 0.5));
        Assert.Equal(8, VideoTimes.Percentile(sum, 0.99));
        Assert.Equal(200.5, VideoTimes.Percentile(sum, 1));
        Assert.Equal(98, quick.DrawMs, 6);
        Assert.Equal(196, quick.EncodeMs, 6);
    }

    [Fact]
    public void Percentile_NoPictures_Null() => Assert.Null(VideoTimes.Percentile(VideoTimes.NewSum(), 0.99));
}
