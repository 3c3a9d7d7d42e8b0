using Avatar2D.Gateway.Calls.Media;

namespace Avatar2D.Gateway.Tests.Calls.Media;

public sealed class VideoRateTests
{
    private const int Agreed = 600_000;
    private const long Second = 1000;

    [Fact]
    public void OnReport_LossThenAFreeWay_GoesDownInStepsAndComesBack()
    {
        var rate = new VideoRate(Agreed, Second);
        long now = 0;
        int bits = Agreed;
        int oneOf = 1;
        bool small = false;
        var seen = new List<(int OneOf, bool IsSmall)>();
        for (int i = 0; i < 30; i++)
        {
            now += Second;
            rate.OnReport(0.3, now);
            if (rate.TryTake(now, out VideoStep step))
                (bits, oneOf, small) = step;
            seen.Add((oneOf, small));
        }

        Assert.Equal([(1, false), (2, false), (3, false), (3, true)], seen.Distinct());
        Assert.InRange(bits, Agreed * 0.3, Agreed * 0.33); // A tenth is sent: every third picture with three tenths. Small steps are not told.
        for (int i = 0; i < 60; i++)
        {
            now += Second;
            rate.OnReport(0, now);
            if (rate.TryTake(now, out VideoStep step))
                (bits, oneOf, small) = step;
            seen.Add((oneOf, small));
        }

        Assert.Equal((Agreed, 1, false), (bits, oneOf, small));
        Assert.Equal(2, seen.Zip(seen.Skip(1)).Count(pair => pair.First.IsSmall != pair.Second.IsSmall)); // Smaller once, larger once.
        Assert.False(rate.TryTake(now + (10 * Second), out _)); // Nothing new.
    }

    [Fact]
    public void OnReport_SmallLoss_ChangesNothing()
    {
        var rate = new VideoRate(Agreed, Second);
        for (int i = 1; i < 50; i++)
        {
            rate.OnReport(0.05, i * Second);
            Assert.False(rate.TryTake(i * Second, out _));
        }
    }

    [Fact]
    public void OnReport_OneBurstInTwoReports_CountsOnce()
    {
        var rate = new VideoRate(Agreed, Second);
        rate.OnReport(0.4, Second);
        rate.OnReport(0.4, Second + 100);
        Assert.True(rate.TryTake(2 * Second, out VideoStep step));
        Assert.Equal(Agreed * 0.8, step.BitRate, 1.0);
    }

    [Theory]
    [InlineData(200_000, 400_000, 2)]
    [InlineData(100_000, 300_000, 3)]
    [InlineData(1, 180_000, 3)] // The least is 48 kbit/s.
    [InlineData(int.MaxValue, 0, 0)]
    public void OnCeiling_OfTheFarEnd_IsObeyed(int ceiling, int expectedBits, int expectedOneOf)
    {
        var rate = new VideoRate(Agreed, Second);
        rate.OnCeiling(ceiling);
        bool told = rate.TryTake(Second, out VideoStep step);
        Assert.Equal(expectedOneOf != 0, told);
        if (told)
            Assert.Equal((ceiling == 1 ? 144_000 : expectedBits, expectedOneOf), (step.BitRate, step.OneOf));
    }
}
