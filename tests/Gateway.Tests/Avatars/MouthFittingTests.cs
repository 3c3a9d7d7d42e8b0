using System.Numerics;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.Gateway.Avatars;

namespace Avatar2D.Gateway.Tests.Avatars;

/// <summary>How far a face must be told to open its mouth.</summary>
public sealed class MouthFittingTests
{
    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.8, 1.25)]
    [InlineData(1.2, 0.83)]
    [InlineData(0.1, MouthGain.Most)]
    [InlineData(3.0, MouthGain.Least)]
    public void Factor_MouthThatFollows_IsWhatIsMissing(double shown, double factor) =>
        Assert.Equal(factor, MouthFitting.Factor(Openings(n => (Told(n), (float)(0.1 + (shown * Told(n))))))!.Value, 0.01);

    [Fact]
    public void Factor_MouthThatDoesNotFollow_IsNone() => Assert.Null(MouthFitting.Factor(Openings(n => (Told(n), Told(n + 3)))));

    [Fact]
    public void Factor_MouthThatStandsStill_IsNone() => Assert.Null(MouthFitting.Factor(Openings(n => (Told(n), 0.2f))));

    [Fact]
    public void Factor_FewPictures_IsNone() => Assert.Null(MouthFitting.Factor([.. Openings(n => (Told(n), Told(n))).Take(20)]));

    [Fact]
    public void For_OtherModelOrNoNumber_IsOne()
    {
        Assert.Equal(1.3f, MouthGain.For(new MouthGain("a", 1.3f), "a"));
        Assert.Equal(1, MouthGain.For(new MouthGain("a", 1.3f), "b"));
        Assert.Equal(1, MouthGain.For(new MouthGain("a", float.NaN), "a"));
        Assert.Equal(MouthGain.Most, MouthGain.For(new MouthGain("a", 9), "a"));
        Assert.Equal(1, MouthGain.For(null, "a"));
    }

    private static float Told(int n) => n * 37 % 50 / 50f;

    private static Vector2[] Openings(Func<int, (float Told, float Read)> made) =>
        [.. Enumerable.Range(0, 50).Select(n => made(n)).Select(pair => new Vector2(pair.Told, pair.Read))];
}
