using System.Numerics;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Registration;

namespace Avatar2D.AvatarEngine.Tests.Registration;

public sealed class VideoRegistrationTests
{
    private static readonly RegistrationOptions Options = new() { SidePx = 256, MinCheeksPx = 60 };

    /// <summary>Two seconds of speech with wide vowels, then four of silence.</summary>
    private static readonly DrawnScene Talk = new(
        FaceTimeline.Still(default, TimeSpan.FromSeconds(6)).Over(FaceTimeline.Speech(
    [
        .. Enumerable.Range(0, 8).Select(i => new PhoneSpan(
            i % 2 == 0 ? "AE" : "M", TimeSpan.FromSeconds(0.25 * i), TimeSpan.FromSeconds(0.25 * (i + 1)))),
    ])).Over(FaceTimeline.Idle(5, TimeSpan.FromSeconds(6))), 150);

    [Fact]
    public void Run_SpeechThenSilence_LoopsTheSilence()
    {
        using var film = new DrawnFilm(Talk, 150);
        using IFaceReader truth = film.Truth();
        double done = 0;
        RegistrationResult result = new VideoRegistration(Options).Run(film, truth, d => done = d, CancellationToken.None);
        SourceClip clip = Assert.IsType<SourceClip>(result.Clip);
        Assert.True(done > 0.99);
        Assert.Equal(AvatarKind.Video, clip.Kind);
        Assert.Equal(clip.Pictures.Count, clip.Transforms.Count);
        Assert.True(clip.Pictures.Count >= FaceTrack.References + 50);

        // The open reference has teeth and a dark hole where the closed one has lips; the loop is like the closed one.
        double closed = Contrast(clip, 0), open = Contrast(clip, 1);
        Assert.True(open > 1.5 * closed, $"{open} against {closed}");
        for (int n = FaceTrack.References; n < clip.Pictures.Count; n += 7)
            Assert.True(Contrast(clip, n) < 1.3 * closed, $"picture {n}: {Contrast(clip, n)} against {closed}");

        // No jump anywhere, the join included.
        int loop = clip.Pictures.Count - FaceTrack.References;
        double[] steps = [.. Enumerable.Range(0, loop).Select(n => LoopChooser.Distance(clip.Transforms[2 + n], clip.Transforms[2 + ((n + 1) % loop)]))];
        Assert.True(steps.Max() < 0.02, $"{steps.Max()} eye distances");
    }

    [Fact]
    public void Run_AFaceWithoutSpeech_AdvisesToShowTeeth()
    {
        RegistrationResult result = Run(new DrawnScene(FaceTimeline.Idle(5, TimeSpan.FromSeconds(6)), 80), 80);
        Assert.NotNull(result.Clip);
        Assert.Contains(result.Findings, f => f.Verdict == SourceVerdict.MouthNeverOpen && !f.Refuses);
    }

    [Fact]
    public void Run_AMouthThatNeverCloses_AdvisesToCloseIt()
    {
        FaceTimeline gaping = FaceTimeline.Still(new FaceParameters { JawOpen = 0.5f }, TimeSpan.FromSeconds(4)).Over(FaceTimeline.Idle(5, TimeSpan.FromSeconds(4)));
        Assert.Contains(Run(new DrawnScene(gaping, 80), 80).Findings, f => f.Verdict == SourceVerdict.MouthNeverClosed && !f.Refuses);
    }

    [Fact]
    public void Run_OneSecond_IsTooShort() => AssertRefused(SourceVerdict.TooShort, Run(Talk, 25));

    [Fact]
    public void Run_AFaceSeenNowAndThen_IsTooShort() => AssertRefused(SourceVerdict.TooShort, Run(Talk, 150, seen: n => n % 30 < 25));

    [Fact]
    public void Run_NoFace_IsRefused() => AssertRefused(SourceVerdict.NoFace, Run(Talk, 60, seen: n => n < 5));

    [Fact]
    public void Run_TwoFaces_IsRefused() => AssertRefused(SourceVerdict.SeveralFaces, Run(Talk, 60, faces: 2));

    [Fact]
    public void Run_ATinyFace_IsRefused() => AssertRefused(SourceVerdict.TooSmall, Run(Talk, 60, options: new RegistrationOptions()));

    [Fact]
    public void Run_NoPictureAtAll_IsRefused() => AssertRefused(SourceVerdict.NoFace, Run(Talk, 0));

    [Fact]
    public void Run_TwoPicturesASecond_IsTooSlow()
    {
        using var film = new DrawnFilm(Talk, 150);
        using var slow = new SlowFilm(film, every: 12);
        using IFaceReader truth = film.Truth();
        AssertRefused(SourceVerdict.TooSlow, new VideoRegistration(Options).Run(slow, truth, _ => { }, CancellationToken.None));
    }

    private static void AssertRefused(SourceVerdict verdict, RegistrationResult result)
    {
        Assert.Null(result.Clip);
        Assert.Contains(result.Findings, f => f.Verdict == verdict && f.Refuses && f.Advice.EndsWith('.'));
    }

    private static RegistrationResult Run(
        DrawnScene scene, int frames, Func<int, bool>? seen = null, int faces = 1, RegistrationOptions? options = null)
    {
        using var film = new DrawnFilm(scene, frames);
        using IFaceReader truth = film.Truth(seen, null, faces);
        return new VideoRegistration(options ?? Options).Run(film, truth, _ => { }, CancellationToken.None);
    }

    /// <summary>Standard deviation of luma around the mouth.</summary>
    private static double Contrast(SourceClip clip, int n)
    {
        var values = new List<double>();
        for (int u = 52; u < 76; u++)
        {
            for (int v = 50; v < 76; v++)
            {
                Vector2 p = clip.Transforms[n].ToPicture(new Vector2(u, v));
                values.Add(clip.Pictures[n].View.Y[((int)(p.Y + 0.5f) * clip.Pictures[n].Width) + (int)(p.X + 0.5f)]);
            }
        }

        double mean = values.Average();
        return Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
    }
}
