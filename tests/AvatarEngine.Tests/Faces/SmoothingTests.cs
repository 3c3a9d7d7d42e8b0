using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Faces;

public sealed class SmoothingTests
{
    private const float FrameSeconds = 0.04f;

    [Fact]
    public void Next_FirstNumber_IsTakenAsItIs() => Assert.Equal(7, new OneEuroFilter().Next(7, 0, 1, new OneEuroOptions()));

    [Fact]
    public void Next_StillNoisyNumber_IsSteadier()
    {
        var filter = new OneEuroFilter();
        float before = 0, after = 0, last = 0, lastRaw = 0;
        for (int n = 0; n < 200; n++)
        {
            float raw = 100 + ((n * 37 % 11) - 5) * 0.01f; // +-0.05 of an eye distance of 50: 0.1 %
            float smooth = filter.Next(raw, FrameSeconds, 50, new OneEuroOptions());
            if (n > 50)
            {
                before += MathF.Abs(raw - lastRaw);
                after += MathF.Abs(smooth - last);
            }

            (last, lastRaw) = (smooth, raw);
        }

        Assert.True(after < before * 0.4f, $"{after} of {before}");
    }

    [Fact]
    public void Next_QuickMove_IsFollowedWithinTwoFrames()
    {
        var filter = new OneEuroFilter();
        float value = 0, smooth = 0;
        for (int n = 0; n < 12; n++)
        {
            value = 5 * n; // a mouth that opens by 2.5 eye distances a second
            smooth = filter.Next(value, FrameSeconds, 50, new OneEuroOptions());
        }

        Assert.InRange(value - smooth, 0, 10);
    }

    [Fact]
    public void Next_TimeStandsStill_HoldsTheValue()
    {
        var filter = new OneEuroFilter();
        filter.Next(1, 0, 1, new OneEuroOptions());
        Assert.Equal(1, filter.Next(9, 0, 1, new OneEuroOptions()));
    }

    [Fact]
    public void Reset_ThenNext_TakesTheNumber()
    {
        var filter = new OneEuroFilter();
        filter.Next(1, 0, 1, new OneEuroOptions());
        filter.Reset();
        Assert.Equal(50, filter.Next(50, FrameSeconds, 1, new OneEuroOptions()));
    }

    [Fact]
    public void Next_TurningAboutTheMiddle_KeepsTheMiddle()
    {
        var smoother = new TransformSmoother();
        PatchTransform t = default;
        for (int n = 0; n < 20; n++)
            t = smoother.Next(About(200, 150, 1.2, 0.02 * (n % 2)), TimeSpan.FromMilliseconds(40 * n));
        Assert.Equal(200, (t.A * 64) - (t.B * 64) + t.Tx, 0.01);
        Assert.Equal(150, (t.B * 64) + (t.A * 64) + t.Ty, 0.01);
        Assert.InRange(t.B, 1.2 * 0.005, 1.2 * 0.015); // the wobble is halved at least
    }

    [Fact]
    public void Next_AfterReset_TakesTheTransform()
    {
        var smoother = new TransformSmoother();
        smoother.Next(About(200, 150, 1.2, 0), TimeSpan.Zero);
        smoother.Reset();
        PatchTransform t = smoother.Next(About(90, 80, 0.8, 0.1), TimeSpan.FromMilliseconds(40));
        Assert.Equal(About(90, 80, 0.8, 0.1).Tx, t.Tx, 1e-3);
        Assert.Equal(0.8 * Math.Sin(0.1), t.B, 1e-5);
    }

    private static PatchTransform About(double x, double y, double scale, double angle)
    {
        double a = scale * Math.Cos(angle);
        double b = scale * Math.Sin(angle);
        return new PatchTransform(a, b, x - (64 * a) + (64 * b), y - (64 * b) - (64 * a));
    }
}
