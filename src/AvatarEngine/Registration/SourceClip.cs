using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>The pictures of a new avatar, references first, and where the face is in each.</summary>
/// <param name="Kind">What it was made of.</param>
/// <param name="Pictures">All of one size.</param>
/// <param name="Transforms">One per picture.</param>
/// <param name="Join">How the loop closes.</param>
/// <param name="MouthStaysClosed">No picture of the loop shows an open mouth.</param>
public sealed record SourceClip(
    AvatarKind Kind, IReadOnlyList<I420Frame> Pictures, IReadOnlyList<PatchTransform> Transforms, LoopJoin Join, bool MouthStaysClosed)
{
    /// <summary>
    /// The mouth in the film's usable pictures, in order: <see cref="Faces.MouthGeometry.Count"/> measures each; empty for a photo.
    /// </summary>
    public IReadOnlyList<float[]> Mouths { get; init; } = [];

    /// <summary>The manifest but for its name and hash.</summary>
    /// <param name="findings">What stands in it as advice.</param>
    /// <param name="now">When it was made.</param>
    public AvatarManifest ToManifest(IReadOnlyList<SourceFinding> findings, DateTimeOffset now) => new()
    {
        Name = "", Kind = Kind, Width = Pictures[0].Width, Height = Pictures[0].Height, FramesPerSecond = Sources.SteadyPictures.FrameRate,
        LoopFrames = Pictures.Count - FaceTrack.References, Join = Join, MouthStaysClosed = MouthStaysClosed, Transforms = Transforms, Created = now,
        Advice = [.. findings.Select(f => f.Advice)],
    };
}
