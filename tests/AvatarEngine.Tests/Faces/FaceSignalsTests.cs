using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Tests.Faces;

/// <summary>Signals from the exact landmarks of drawn characters.</summary>
public sealed class FaceSignalsTests
{
    [Theory]
    [InlineData("maya")]
    [InlineData("jonas")]
    [InlineData("kiko")]
    public void Measure_JawOpens_OpeningGrows(string name)
    {
        float rest = Of(name, default).MouthOpening;
        float half = Of(name, new FaceParameters { JawOpen = 0.5f }).MouthOpening;
        float whole = Of(name, new FaceParameters { JawOpen = 1 }).MouthOpening;
        Assert.InRange(rest, -0.03f, 0.05f);
        Assert.True(half > rest + 0.08f && whole > half + 0.08f, $"{rest} {half} {whole}");
    }

    [Theory]
    [InlineData("maya")]
    [InlineData("jonas")]
    [InlineData("kiko")]
    public void Measure_LipsPucker_AreNarrowerAndRounder(string name)
    {
        FaceSignals rest = Of(name, default);
        FaceSignals round = Of(name, new FaceParameters { MouthPucker = 1 });
        Assert.True(round.MouthWidth < rest.MouthWidth * 0.85f, $"{rest.MouthWidth} {round.MouthWidth}");
        Assert.True(round.MouthRounding > rest.MouthRounding * 1.2f, $"{rest.MouthRounding} {round.MouthRounding}");
    }

    [Fact]
    public void Measure_OneEyeShut_OnlyThatEyeBlinks()
    {
        FaceSignals signals = Of("maya", new FaceParameters { EyeBlinkLeft = 1 });
        Assert.True(signals.BlinkLeft > 0.8f, $"{signals.BlinkLeft}");
        Assert.True(signals.BlinkRight < 0.2f, $"{signals.BlinkRight}");
    }

    [Fact]
    public void Measure_BrowRaised_IsHigher()
    {
        FaceSignals rest = Of("jonas", default);
        FaceSignals raised = Of("jonas", new FaceParameters { BrowOuterUpLeft = 1, BrowInnerUp = 1 });
        Assert.True(raised.BrowLeft > rest.BrowLeft + 0.03f, $"{rest.BrowLeft} {raised.BrowLeft}");
    }

    [Fact]
    public void Measure_HeadTilted_StaysTheSame()
    {
        FaceSignals upright = Of("maya", new FaceParameters { JawOpen = 0.4f });
        FaceSignals tilted = Of("maya", new FaceParameters { JawOpen = 0.4f, HeadRoll = 0.2f });
        Assert.Equal(upright.MouthOpening, tilted.MouthOpening, 0.01);
        Assert.Equal(upright.MouthWidth, tilted.MouthWidth, 0.01);
    }

    [Fact]
    public void Estimate_HeadTurned_FollowsTheDrawing()
    {
        float Yaw(float yaw) => HeadPose.Estimate(Face("jonas", new FaceParameters { HeadYaw = yaw }).Points).Yaw;
        Assert.True(Yaw(0.2f) - Yaw(0) > 0.06f, $"{Yaw(0.2f)} {Yaw(0)}");
        Assert.True(Yaw(0) - Yaw(-0.2f) > 0.06f, $"{Yaw(-0.2f)} {Yaw(0)}");
        Assert.Equal(0.15f, HeadPose.Estimate(Face("jonas", new FaceParameters { HeadRoll = 0.15f }).Points).Roll, 0.03);
    }

    private static FaceSignals Of(string name, FaceParameters parameters) => FaceSignals.Measure(Face(name, parameters).Points);

    private static DrawnFace Face(string name, FaceParameters parameters) =>
        new(Avatar2D.AvatarEngine.Gallery.Gallery.Find(name) ?? throw new ArgumentException(name), parameters, 256);
}
