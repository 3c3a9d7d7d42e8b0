using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Registration;

namespace Avatar2D.AvatarEngine.Tests.Registration;

public sealed class DrawnClipTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Draw_ACharacter_GivesReferencesAndALoopThatCloses()
    {
        var pictures = new List<byte[]>();
        AvatarManifest manifest = DrawnClip.Draw(Gallery.Gallery.Maya, 256, p => pictures.Add(p.Y.ToArray()), Now, CancellationToken.None);
        Assert.Equal(FaceTrack.References + manifest.LoopFrames, pictures.Count);
        Assert.Equal(pictures.Count, manifest.Transforms.Count);
        Assert.Equal(DrawnClip.DrawingVersion, manifest.Drawing);

        FaceTrack track = manifest.ToTrack();
        Assert.Equal(pictures[0], pictures[FaceTrack.References]); // The closed mouth is the loop's own.

        // The mouth of the open reference has bright teeth over a dark hole: far more contrast than closed lips.
        Assert.True(Contrast(pictures[1], track.Open) > 1.5 * Contrast(pictures[0], track.Closed));

        // From the last picture to the first the face moves no more than elsewhere.
        double[] steps = [.. Enumerable.Range(0, track.LoopFrames).Select(n => Step(track.Loop(n), track.Loop((n + 1) % track.LoopFrames)))];
        Assert.True(steps[^1] <= steps[..^1].Max(), $"{steps[^1]} against {steps[..^1].Max()}");
        Assert.True(steps.Max() < 0.6);
    }

    private static double Step(PatchTransform a, PatchTransform b) => (a.ToPicture(new(64, 59)) - b.ToPicture(new(64, 59))).Length();

    /// <summary>Standard deviation of luma around the mouth, 24 x 20 patch pixels.</summary>
    private static double Contrast(byte[] luma, PatchTransform place)
    {
        double[] values =
        [
            .. from u in Enumerable.Range(52, 24)
               from v in Enumerable.Range(50, 26)
               let p = place.ToPicture(new(u, v))
               select (double)luma[((int)(p.Y + 0.5f) * 256) + (int)(p.X + 0.5f)],
        ];
        double mean = values.Average();
        return Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
    }
}
