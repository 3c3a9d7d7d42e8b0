using Avatar2D.Gateway.Calls.Media;

namespace Avatar2D.Gateway.Tests.Calls.Media;

public sealed class PictureLeadTests
{
    private const long Frequency = 1_000_000;

    [Fact]
    public void OnComplete_SteadyWork_PicturesAreOutAtTheirInstant()
    {
        var lead = new PictureLead(TimeSpan.FromMilliseconds(18), Frequency);
        for (int i = 0; i < 100; i++)
            lead.OnComplete(9_000 - lead.Ticks);
        Assert.InRange(lead.Ticks, 8_750, 9_250);
    }

    [Fact]
    public void OnComplete_KeyFramesNowAndThen_HardlyCount()
    {
        var lead = new PictureLead(TimeSpan.FromMilliseconds(18), Frequency);
        for (int i = 0; i < 1000; i++)
            lead.OnComplete((i % 25 == 0 ? 30_000 : 5_000) - lead.Ticks);
        Assert.InRange(lead.Ticks, 4_500, 5_500);
    }

    [Theory]
    [InlineData(100_000, 18_000)]
    [InlineData(-100_000, 0)]
    public void OnComplete_FarFromIt_StaysWithinItsBounds(long late, long expected)
    {
        var lead = new PictureLead(TimeSpan.FromMilliseconds(18), Frequency);
        for (int i = 0; i < 200; i++)
            lead.OnComplete(late);
        Assert.Equal(expected, lead.Ticks);
    }

    [Fact]
    public void OnComplete_NoTimeToSpare_NeverLeads()
    {
        var lead = new PictureLead(TimeSpan.FromMilliseconds(-5), Frequency);
        lead.OnComplete(9_000);
        Assert.Equal(0, lead.Ticks);
    }
}
