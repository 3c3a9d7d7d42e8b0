using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Measuring;

namespace Avatar2D.Gateway.Tests.Measuring;

public class LipClosureTests
{
    /// <summary>0.5 s of silence, "mama bob" of 0.1 s each, 1 s of silence.</summary>
    private static readonly IReadOnlyList<PhoneSpan> Phones = Spans("SIL:0.5 M:0.6 AA:0.7 M:0.8 AA:0.9 B:1.0 AA:1.1 B:1.2 SIL:2.2");

    [Fact]
    public void Of_MouthThatClosesWhereItShould_IsAllThere()
    {
        LipClosure closure = LipClosure.Of(Curve(t => t is > 0.6 and < 0.7 or > 0.8 and < 0.9 or > 1.0 and < 1.1 ? 0.2 : 0.01), Phones, 0.01);
        Assert.Equal((4, 4), (closure.Closures, closure.Closed));
        Assert.Equal(1, closure.Recall);
        Assert.Equal(1, closure.PauseShare);
        Assert.InRange(closure.PausePictures, 30, 40);
    }

    [Fact]
    public void Of_MouthThatHangsOpen_ClosesNothing()
    {
        LipClosure closure = LipClosure.Of(Curve(t => 0.15 + (0.05 * Math.Sin(40 * t))), Phones, 0.01);
        Assert.Equal(0, closure.Recall);
        Assert.Equal(0, closure.PauseShare);
    }

    [Fact]
    public void Of_OneClosureMissed_CountsTheOthers()
    {
        LipClosure closure = LipClosure.Of(Curve(t => t is > 0.6 and < 0.9 or > 1.0 and < 1.1 ? 0.2 : 0.01), Phones, 0.01);
        Assert.Equal((4, 3), (closure.Closures, closure.Closed));
    }

    [Fact]
    public void Of_MouthThatChattersInThePause_IsSeen()
    {
        LipClosure closure = LipClosure.Of(Curve(t => t > 1.7 || t is > 0.6 and < 0.7 ? 0.2 : 0.01), Phones, 0.01);
        Assert.InRange(closure.PauseShare!.Value, 0.3, 0.7);
    }

    [Fact]
    public void Of_ClosureBetweenTwoPictures_IsSeenByTheNearerOne()
    {
        IReadOnlyList<PhoneSpan> phones = Spans("AA:0.405 P:0.435 AA:1");
        LipClosure closure = LipClosure.Of(Curve(t => Math.Abs(t - 0.44) < 0.001 ? 0 : 0.2), phones, 0);
        Assert.Equal((1, 1), (closure.Closures, closure.Closed));
    }

    [Fact]
    public void Of_NoPicturesThere_SaysNothing()
    {
        LipClosure closure = LipClosure.Of(Curve(_ => 0).Later(100), Phones, 0);
        Assert.Null(closure.Recall);
        Assert.Equal(55, closure.PausePictures); // All after the last sound.
        Assert.Null(LipClosure.Of(new TimedCurve([], []), Phones, 0).PauseShare);
    }

    private static TimedCurve Curve(Func<double, double> opening) => TimedCurve.Every(0.04, [.. Enumerable.Range(0, 55).Select(i => opening(i * 0.04))]);

    private static IReadOnlyList<PhoneSpan> Spans(string text)
    {
        var spans = new List<PhoneSpan>();
        TimeSpan start = TimeSpan.Zero;
        foreach (string[] part in text.Split(' ').Select(word => word.Split(':')))
        {
            TimeSpan end = TimeSpan.FromSeconds(double.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture));
            spans.Add(new PhoneSpan(part[0], start, end));
            start = end;
        }

        return spans;
    }
}
