using Avatar2D.AvatarEngine.Driving.Audio;

namespace Avatar2D.AvatarEngine.Tests.Driving;

public sealed class VoiceGateTests
{
    private const int FramesPerSecond = 80;
    private readonly VoiceGate _gate = new();

    [Theory]
    [InlineData(-100)]
    [InlineData(-60)]
    [InlineData(-53)]
    public void Next_QuietLine_StaysClosed(float levelDb) => Assert.Equal(0, Highest(levelDb, 20 * FramesPerSecond));

    [Fact]
    public void Next_VoiceAfterSilence_IsOpenWithinThreeFrames()
    {
        Run(-75, FramesPerSecond);
        Run(-25, 3);
        Assert.Equal(1, _gate.Gain);
    }

    [Fact]
    public void Next_StopWithinAWord_StaysOpen()
    {
        Run(-75, FramesPerSecond);
        Run(-25, 10);
        Run(-75, 7);
        Assert.Equal(1, _gate.Gain);
    }

    [Fact]
    public void Next_AfterTheVoice_IsClosedWithinAQuarterSecond()
    {
        Run(-75, FramesPerSecond);
        Run(-25, FramesPerSecond);
        Run(-75, FramesPerSecond / 4);
        Assert.Equal(0, _gate.Gain);
    }

    [Fact]
    public void Next_SteadyNoise_IsFloorWithinSixSeconds()
    {
        Run(-70, FramesPerSecond);
        Run(-45, 6 * FramesPerSecond);
        Assert.Equal(0, Highest(-45, 5 * FramesPerSecond));
    }

    [Fact]
    public void Next_VoiceAboveSteadyNoise_Opens()
    {
        Run(-45, 10 * FramesPerSecond);
        Run(-22, 3);
        Assert.Equal(1, _gate.Gain);
    }

    [Fact]
    public void Next_LongSentenceWithShortPauses_StaysOpen()
    {
        Run(-70, FramesPerSecond);
        for (int word = 0; word < 60; word++)
        {
            Run(-25, 24);
            Assert.Equal(1, _gate.Gain);
            Run(-55, 6);
            Assert.Equal(1, _gate.Gain);
        }
    }

    [Fact]
    public void Reset_WhileOpen_Closes()
    {
        Run(-25, 10);
        _gate.Reset();
        Assert.Equal(0, _gate.Gain);
    }

    private float Highest(float levelDb, int frames) => Enumerable.Range(0, frames).Max(_ => _gate.Next(levelDb));

    private void Run(float levelDb, int frames)
    {
        for (int i = 0; i < frames; i++)
            _gate.Next(levelDb);
    }
}
