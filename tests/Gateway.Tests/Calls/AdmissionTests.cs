using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Options;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Gateway.Tests.Calls;

public sealed class AdmissionTests
{
    private static readonly CallOptions Limits = new() { MaxCalls = 10, MaxLateFramesPercent = 5, MaxCoresPercent = 90 };

    [Theory]
    [InlineData(9, 1000, 50, 0.90, "Full")]
    [InlineData(9, 1000, 51, 0.90, "VoiceOnly")]
    [InlineData(9, 49, 49, 0.10, "Full")]
    [InlineData(9, 0, 0, 0.91, "Refused")]
    [InlineData(10, 0, 0, 0.10, "Refused")]
    public void Decide_MeasuredLoad_CutsThePictureBeforeTheCall(int calls, long frames, long late, double cores, string admission) =>
        Assert.Equal(admission, AdmissionPolicy.Decide(Limits, calls, new MediaLoad(frames, late, cores)).ToString());

    [Fact]
    public void Decide_BoundsAreOff_OnlyTheNumberOfCallsCounts() =>
        Assert.Equal(Admission.Full, AdmissionPolicy.Decide(new CallOptions(), 0, new MediaLoad(1000, 1000, 1)));

    [Fact]
    public void Read_BetweenTwoQuestions_IsTheDifference()
    {
        var time = new FakeTimeProvider();
        (long Due, long Late) frames = (100, 10);
        TimeSpan used = TimeSpan.Zero;
        var meter = new MediaLoadMeter(() => frames, () => used, cores: 2, time);
        Assert.Equal(default, meter.Read());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new MediaLoad(100, 10, 0), meter.Read());
        frames = (300, 30);
        used = TimeSpan.FromSeconds(3);
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(100, meter.Read().Frames); // not yet
        time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(new MediaLoad(200, 20, 0.75), meter.Read());
        Assert.Equal(0.1, meter.Read().Late);
        frames = (50, 0); // calls ended
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new MediaLoad(0, 0, 0), meter.Read());
    }
}
