using System.Numerics;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Registration;

public sealed class PhotoRegistrationTests
{
    private static readonly RegistrationOptions Options = new() { SidePx = 256, MinCheeksPx = 60 };
    private static readonly DrawnScene Rest = Still(default);
    private static readonly Lazy<SourceClip> Maya = new(() => Register().Clip!);

    [Fact]
    public void Run_AGoodPhoto_MovesAndCloses()
    {
        SourceClip clip = Maya.Value;
        Assert.Equal(AvatarKind.Photo, clip.Kind);
        Assert.Same(clip.Pictures[0], clip.Pictures[1]);
        Assert.Equal(clip.Pictures.Count, clip.Transforms.Count);
        Assert.Equal(FaceTrack.References + 200, clip.Pictures.Count);

        // It is never frozen, and from the last picture to the first it moves no more than elsewhere.
        double[] steps =
        [
            .. Enumerable.Range(0, 200).Select(n => Difference(
                clip.Pictures[FaceTrack.References + n], clip.Pictures[FaceTrack.References + ((n + 1) % 200)])),
        ];
        Assert.True(steps.Min() > 0.02, $"{steps.Min()}");
        Assert.True(steps[^1] < steps[..^1].Max(), $"{steps[^1]} {steps[..^1].Max()}");
        double sway = Enumerable.Range(0, 200).Max(n => LoopChooser.Distance(clip.Transforms[0], clip.Transforms[2 + n]));
        Assert.InRange(sway, 0.01, 0.12); // Eye distances: seen, and gentle.
    }

    [Fact]
    public void Run_AGoodPhoto_TransformsFollowThePixelsExactly()
    {
        SourceClip clip = Maya.Value;
        for (int n = FaceTrack.References; n < clip.Pictures.Count; n += 23)
        {
            double moved = 0, still = 0;
            int count = 0;
            for (int v = 20; v < 124; v += 3)
            {
                for (int u = 4; u < 124; u += 3)
                {
                    byte at = Read(clip.Pictures[0], clip.Transforms[0].ToPicture(new Vector2(u, v)));
                    moved += Math.Abs(Read(clip.Pictures[n], clip.Transforms[n].ToPicture(new Vector2(u, v))) - at);
                    still += Math.Abs(Read(clip.Pictures[n], clip.Transforms[0].ToPicture(new Vector2(u, v))) - at);
                    count++;
                }
            }

            Assert.True(moved / count < 1.5, $"picture {n}: {moved / count} grey levels, {still / count} without the transform");
        }
    }

    [Fact]
    public void Run_AGoodPhoto_Blinks()
    {
        SourceClip clip = Maya.Value;

        // The iris is darker than the lid that covers it.
        double[] eye = [.. Enumerable.Range(2, 200).Select(n => Mean(clip.Pictures[n], clip.Transforms[n], 30.5f, -18, 5, 3))];
        double open = eye.Order().ElementAt(100);
        Assert.True(eye.Max() > open + 20, $"open {open}, closed {eye.Max()}");
        int blinked = eye.Count(v => v > open + 10);
        Assert.InRange(blinked, 2, 60);
    }

    [Fact]
    public void Run_AnOpenMouth_IsAdvisedAgainst()
    {
        RegistrationResult result = Register(Still(new FaceParameters { JawOpen = 0.45f }));
        Assert.NotNull(result.Clip);
        Assert.Contains(result.Findings, f => f.Verdict == SourceVerdict.MouthNeverClosed && !f.Refuses);
    }

    [Fact]
    public void Run_NoFace_IsRefused() => AssertRefused(SourceVerdict.NoFace, Register(seen: _ => false));

    [Fact]
    public void Run_TwoFaces_IsRefused() => AssertRefused(SourceVerdict.SeveralFaces, Register(faces: 2));

    [Fact]
    public void Run_ATinyFace_IsRefusedWithItsWidth()
    {
        RegistrationResult result = Register(options: new RegistrationOptions());
        AssertRefused(SourceVerdict.TooSmall, result);
        Assert.Contains("needs 96", result.Findings[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AFaceBeyondTheEdge_IsRefused() => AssertRefused(
        SourceVerdict.CutOff, Register(bend: points => Shift(points, new Vector2(120, 0))));

    [Fact]
    public void Run_AFaceTurnedAway_IsRefused() => AssertRefused(SourceVerdict.Turned, Register(bend: points => Turn(points, 0.7f)));

    private static void AssertRefused(SourceVerdict verdict, RegistrationResult result)
    {
        Assert.Null(result.Clip);
        Assert.Contains(result.Findings, f => f.Verdict == verdict && f.Refuses && f.Advice.EndsWith('.'));
    }

    private static DrawnScene Still(FaceParameters face) => new(FaceTimeline.Still(face, TimeSpan.FromSeconds(1)), 1);

    private static RegistrationResult Register(
        DrawnScene? scene = null, Func<int, bool>? seen = null, Action<Vector2[]>? bend = null, int faces = 1, RegistrationOptions? options = null)
    {
        using var film = new DrawnFilm(scene ?? Rest, 1);
        Assert.True(film.TryRead());
        using IFaceReader truth = film.Truth(seen, bend, faces);
        return new PhotoRegistration(options ?? Options).Run(film.Picture, truth, _ => { }, CancellationToken.None);
    }

    private static void Shift(Vector2[] points, Vector2 by)
    {
        for (int i = 0; i < points.Length; i++)
            points[i] += by;
    }

    /// <summary>Puts the rigid points where a head turned so far has them.</summary>
    private static void Turn(Vector2[] points, float yaw)
    {
        Vector2 middle = (FacePoints.LeftEyeCentre(points) + FacePoints.RightEyeCentre(points)) / 2;
        var rigid = new Vector2[points.Length];
        Array.Fill(rigid, new Vector2(float.NaN));
        new HeadPose(yaw, 0, 0, FacePoints.EyeDistance(points)).Project(rigid);
        for (int i = 0; i < points.Length; i++)
        {
            if (!float.IsNaN(rigid[i].X))
                points[i] = rigid[i] + middle;
        }
    }

    private static double Difference(I420Frame a, I420Frame b)
    {
        double sum = 0;
        for (int i = 0; i < a.View.Y.Length; i++)
            sum += Math.Abs(a.View.Y[i] - b.View.Y[i]);
        return sum / a.View.Y.Length;
    }

    private static double Mean(I420Frame picture, PatchTransform place, float u, float v, int halfU, int halfV)
    {
        var values = new List<double>();
        for (int du = -halfU; du <= halfU; du++)
        {
            for (int dv = -halfV; dv <= halfV; dv++)
                values.Add(Read(picture, place.ToPicture(new Vector2(u + du, v + dv))));
        }

        return values.Average();
    }

    private static byte Read(I420Frame picture, Vector2 p)
    {
        p = Vector2.Clamp(p, Vector2.Zero, new Vector2(picture.Width - 2, picture.Height - 2));
        int x = (int)p.X, y = (int)p.Y;
        float fx = p.X - x, fy = p.Y - y;
        ReadOnlySpan<byte> luma = picture.View.Y;
        int at = (y * picture.Width) + x;
        float top = luma[at] + (fx * (luma[at + 1] - luma[at]));
        float bottom = luma[at + picture.Width] + (fx * (luma[at + picture.Width + 1] - luma[at + picture.Width]));
        return (byte)(top + (fy * (bottom - top)) + 0.5f);
    }
}
