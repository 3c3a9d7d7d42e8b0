using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Tests.Phone;

public sealed class FarmScriptTests
{
    [Fact]
    public void Draw_ManyScripts_AreInOrderEndOnceAndDoEverything()
    {
        var random = new Random(5);
        FarmScript[] scripts = [.. Enumerable.Range(0, 500).Select(i => FarmScript.Draw(random, hasPicture: i % 2 == 0))];
        Assert.All(scripts, script =>
        {
            Assert.Equal(script.Steps.OrderBy(step => step.At), script.Steps);
            Assert.Equal(FarmStep.HangUp, script.Steps[^1].Step);
            Assert.Single(script.Steps, step => step.Step == FarmStep.HangUp);
            Assert.InRange(script.Steps[^1].At, TimeSpan.Zero, TimeSpan.FromSeconds(40));
        });
        Assert.Equal(Enum.GetValues<FarmStep>(), scripts.SelectMany(script => script.Steps).Select(step => step.Step).Distinct().Order());
        Assert.Contains(scripts, script => script.Steps[^1].At < TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public void Draw_TheSameSeed_IsTheSameScript() => Assert.Equal(
        FarmScript.Draw(new Random(7), hasPicture: true).Steps, FarmScript.Draw(new Random(7), hasPicture: true).Steps);

    [Theory]
    [InlineData(200, true, 100, 10.0, 9.0, false)]
    [InlineData(200, false, 100, 10.0, 9.0, true)] // Somebody else ended it.
    [InlineData(200, true, 0, 10.0, 9.0, true)] // Nothing was heard.
    [InlineData(200, true, 0, 10.0, 1.0, false)]
    [InlineData(488, true, 0, 1.0, null, true)]
    [InlineData(487, true, 0, 0.3, null, false)] // Taken back.
    [InlineData(0, true, 0, 12.0, null, true)]
    public void IsFailed_Outcome_IsJudged(int status, bool hungUp, long packets, double seconds, double? upSeconds, bool expected)
    {
        var report = new CallReport { SipStatus = status, FramesReceived = 0, EndReason = "local_hangup" };
        TimeSpan? up = upSeconds is { } value ? TimeSpan.FromSeconds(value) : null;
        Assert.Equal(expected, new FarmOutcome(report, hungUp, packets, TimeSpan.FromSeconds(seconds), up).IsFailed);
    }
}
