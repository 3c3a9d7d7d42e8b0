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
        var seen = new List<int>();
        for (int i = 0; i < 30; i++)
        {
            now += Second;
            rate.OnReport(0.3, now);
            if (rate.TryTake(now, out int told, out int of))
                (bits, oneOf) = (told, of);
            seen.Add(oneOf);
        }

        Assert.Equal([1, 2, 3], seen.Distinct());
        Assert.InRange(bits, Agreed * 0.3, Agreed * 0.33); // A tenth is sent: every third picture with three tenths. Small steps are not told.
        for (int i = 0; i < 60; i++)
        {
            now += Second;
            rate.OnReport(0, now);
            if (rate.TryTake(now, out int told, out int of))
                (bits, oneOf) = (told, of);
        }

        Assert.Equal((Agreed, 1), (bits, oneOf));
        Assert.False(rate.TryTake(now + (10 * Second), out _, out _)); // Nothing new.
    }

    [Fact]
    public void OnReport_SmallLoss_ChangesNothing()
    {
        var rate = new VideoRate(Agreed, Second);
        for (int i = 1; i < 50; i++)
        {
            rate.OnReport(0.05, i * Second);
            Assert.False(rate.TryTake(i * Second, out _, out _));
        }
    }

    [Fact]
    public void OnReport_OneBurstInTwoReports_CountsOnce()
    {
        var rate = new VideoRate(Agreed, Second);
        rate.OnReport(0.4, Second);
        rate.OnReport(0.4, Second + 100);
        Assert.True(rate.TryTake(2 * Second, out int bits, out _));
        Assert.Equal(Agreed * 0.8, bits, 1.0);
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
        bool told = rate.TryTake(Second, out int bits, out int oneOf);
        Assert.Equal(expectedOneOf != 0, told);
        if (told)
            Assert.Equal((ceiling == 1 ? 144_000 : expectedBits, expectedOneOf), (bits, oneOf));
    }
}
