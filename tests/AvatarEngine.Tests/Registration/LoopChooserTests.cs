using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Registration;

namespace Avatar2D.AvatarEngine.Tests.Registration;

public sealed class LoopChooserTests
{
    private static readonly RegistrationOptions Options = new();

    [Fact]
    public void Choose_AMotionThatRepeats_ClosesWithoutAJump()
    {
        // A head that sways with a period of 160 pictures: only loops of that length close.
        SurveyedFrame[] frames = Film(400, n => 6 * Math.Sin(Math.Tau * n / 160), _ => 0);
        LoopChoice loop = Choose(frames);
        Assert.Equal(LoopJoin.CrossFade, loop.Join);
        Assert.InRange(loop.Count, 158, 162);
        Assert.True(LoopChooser.Distance(frames[loop.First].Transform, frames[loop.First + loop.Count].Transform) < 0.01);
    }

    [Fact]
    public void Choose_AMotionThatNeverRepeats_RunsForthAndBack()
    {
        SurveyedFrame[] frames = Film(200, n => 0.7 * n, _ => 0); // It drifts away.
        LoopChoice loop = Choose(frames);
        Assert.Equal(LoopJoin.PingPong, loop.Join);
        Assert.Equal(loop.First, loop.FilmFrame(0));
        Assert.Equal(loop.First + 1, loop.FilmFrame(loop.LoopFrames - 1)); // Next comes the first again.
        Assert.All(
            Enumerable.Range(1, loop.LoopFrames - 1), n => Assert.Equal(1, Math.Abs(loop.FilmFrame(n) - loop.FilmFrame(n - 1))));
    }

    [Fact]
    public void Choose_ASilentStretchAmongSpeech_TakesIt()
    {
        SurveyedFrame[] frames = Film(500, n => Math.Sin(Math.Tau * n / 50), n => n is >= 200 and < 380 ? 0 : 0.12);
        LoopChoice loop = Choose(frames);
        Assert.InRange(loop.First, 195, 330);
        Assert.InRange(loop.First + loop.Count, 250, 385);
        Assert.True(loop.Count >= 50);
    }

    [Fact]
    public void Choose_ACut_IsNeverInsideALoop()
    {
        SurveyedFrame[] frames = Film(300, n => Math.Sin(Math.Tau * n / 40), _ => 0);
        for (int n = 120; n < frames.Length; n++)
            frames[n] = frames[n] with { Run = 2 };
        LoopChoice loop = Choose(frames);
        Assert.True(loop.First >= 120 || loop.First + loop.Count < 120);
        Assert.True(loop.Join != LoopJoin.CrossFade || loop.FadeFrame(loop.Count - LoopChoice.FadeFrames) >= 120 || loop.First < 120);
    }

    [Fact]
    public void Choose_UnusablePictures_AreNeverShown()
    {
        SurveyedFrame[] frames = Film(300, n => Math.Sin(Math.Tau * n / 40), _ => 0);
        frames[150] = frames[150] with { Quality = frames[150].Quality with { Verdicts = FaceVerdicts.Turned } };
        LoopChoice loop = Choose(frames);
        Assert.DoesNotContain(150, Enumerable.Range(0, loop.LoopFrames).Select(loop.FilmFrame));
    }

    [Fact]
    public void Choose_LessThanTwoSeconds_IsNone() =>
        Assert.Null(new LoopChooser(Film(49, _ => 0, _ => 0), (_, _) => 1, Options).Choose());

    [Fact]
    public void Fade_OfTheLoop_LeadsIntoItsFirstPicture()
    {
        var loop = new LoopChoice(100, 60, LoopJoin.CrossFade, 0);
        Assert.Equal(0, loop.Fade(60 - LoopChoice.FadeFrames - 1));
        Assert.True(loop.Fade(59) > 0.9);
        Assert.Equal(99, loop.FadeFrame(59));
        Assert.All(Enumerable.Range(60 - LoopChoice.FadeFrames, LoopChoice.FadeFrames - 1), n => Assert.True(loop.Fade(n) < loop.Fade(n + 1)));
    }

    private static LoopChoice Choose(SurveyedFrame[] frames) =>
        new LoopChooser(frames, (a, b) => 1 + LoopChooser.Distance(frames[a].Transform, frames[b].Transform), Options).Choose()!.Value;

    /// <summary>Frames of a face that shifts to the side and opens its mouth.</summary>
    private static SurveyedFrame[] Film(int count, Func<int, double> shiftPx, Func<int, double> opening) =>
    [
        .. Enumerable.Range(0, count).Select(n => new SurveyedFrame(
            true, 1, new PatchTransform(1, 0, 100 + shiftPx(n), 100), (float)opening(n), [], 0, 0, 150, default(FaceQuality))),
    ];
}
