using Avatar2D.Gateway.Measuring;

namespace Avatar2D.Gateway.Tests.Measuring;

/// <summary>Curves whose lag, amplitude and noise are known.</summary>
public class CurveMatchTests
{
    private const double Frame = 0.04;

    [Theory]
    [InlineData(0)]
    [InlineData(0.04)]
    [InlineData(0.013)]
    [InlineData(-0.027)]
    [InlineData(0.1634)]
    public void Of_DelayedCurve_FindsTheLagToAPartOfAPicture(double lag)
    {
        TimedCurve reference = Sampled(0, 0.01, 800, 1);
        TimedCurve found = Sampled(lag, Frame, 200, 0.5);
        CurveMatch match = CurveMatch.Of(reference, found, -0.2, 0.3)!.Value;
        Assert.Equal(lag, match.LagSeconds, 0.002);
        Assert.Equal(0.5, match.Slope, 0.01);
        Assert.True(match.Correlation > 0.999);
    }

    [Fact]
    public void Of_BothAtPictureRate_FindsTheLagWithinAQuarterOfAPicture()
    {
        CurveMatch match = CurveMatch.Of(Sampled(0, Frame, 200, 1), Sampled(0.05, Frame, 200, 1), -0.2, 0.2)!.Value;
        Assert.Equal(0.05, match.LagSeconds, 0.01);
    }

    [Fact]
    public void Of_OtherSpeech_DoesNotFit()
    {
        TimedCurve reference = Sampled(0, 0.01, 800, 1);
        var other = TimedCurve.Every(Frame, [.. Enumerable.Range(0, 200).Select(i => Mouth((i * Frame * 0.73) + 11))]);
        Assert.True(CurveMatch.Of(reference, other, -0.1, 0.1)!.Value.Correlation < 0.5);
    }

    [Fact]
    public void Of_StillMouth_IsNoMatch() =>
        Assert.Null(CurveMatch.Of(Sampled(0, 0.01, 800, 1), TimedCurve.Every(Frame, new double[200]), -0.1, 0.1));

    [Fact]
    public void Of_NothingInCommon_IsNoMatch() =>
        Assert.Null(CurveMatch.Of(Sampled(0, 0.01, 100, 1), Sampled(0, Frame, 100, 1).Later(60), -0.1, 0.1));

    [Theory]
    [InlineData(1, 2, 1, 0)]
    [InlineData(1, 2, 2, 0.5)]
    [InlineData(2, 2, 1, -0.5)]
    [InlineData(1, 1, 1, 0)]
    public void Top_OfThree_IsTheParabolasTop(double before, double middle, double after, double place) =>
        Assert.Equal(place, CurveMatch.Top(before, middle, after), 1e-9);

    [Fact]
    public void At_BetweenPoints_IsOnTheLine()
    {
        var curve = new TimedCurve([1, 2, 4], [10, 20, 0]);
        Assert.Equal(15, curve.At(1.5));
        Assert.Equal(5, curve.At(3.5));
        Assert.Equal(0, curve.At(4));
        Assert.Null(curve.At(0.999));
        Assert.Null(curve.At(4.001));
        Assert.Equal(20, curve.Percentile(1));
        Assert.Equal(2, curve.Within(2, 9).Count);
    }

    [Fact]
    public void TimedCurve_TimesThatDoNotRise_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TimedCurve([1, 1], [0, 0]));
        Assert.Throws<ArgumentException>(() => new TimedCurve([1, 2], [0]));
    }

    private static TimedCurve Sampled(double lag, double step, int count, double gain) =>
        TimedCurve.Every(step, [.. Enumerable.Range(0, count).Select(i => gain * Mouth((i * step) - lag))]);

    /// <summary>Syllables of several lengths, as a mouth moves: no pattern repeats within the curve.</summary>
    private static double Mouth(double t) =>
        0.1 + (0.06 * Math.Sin(2 * Math.PI * 3.1 * t)) + (0.05 * Math.Sin((2 * Math.PI * 1.7 * t) + 1)) + (0.03 * Math.Sin((2 * Math.PI * 4.3 * t) + 2));
}
