using System.Numerics;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>The source clip of a drawn character: its references, then its neutral loop, with the face's exact places.</summary>
public static class DrawnClip
{
    /// <summary>Raise it with every change of the drawing.</summary>
    public const int DrawingVersion = 2;

    /// <summary>Draws the clip.</summary>
    /// <param name="character">Who.</param>
    /// <param name="sidePx">Width and height of the pictures, even.</param>
    /// <param name="write">Takes each picture in order.</param>
    /// <param name="now">Stands in the manifest as the time of making.</param>
    /// <param name="cancellationToken">Stops after the picture at hand.</param>
    /// <returns>The manifest but for its name and hash.</returns>
    public static AvatarManifest Draw(GalleryCharacter character, int sidePx, PicturePen write, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(character);
        ArgumentNullException.ThrowIfNull(write);
        FaceTimeline loop = FaceTimeline.NeutralLoop(character);
        using var renderer = new GalleryRenderer(character, sidePx);
        var picture = new I420Frame(sidePx, sidePx);

        // The loop begins between two blinks, lips closed.
        FaceParameters rest = loop.AtFrame(0);
        var transforms = new List<PatchTransform>(loop.FrameCount + FaceTrack.References)
        {
            Next(rest),
            Next(FaceParameters.Add(rest, VisemeTable.Shape(Viseme.Broad))), // Open, both rows of teeth.
        };
        var moving = new PatchTransform[loop.FrameCount];
        for (int frame = 0; frame < moving.Length; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            moving[frame] = Next(loop.AtFrame(frame));
        }

        transforms.AddRange(FaceAlignment.SmoothLoop(moving));
        return new AvatarManifest
        {
            Name = character.Name, Kind = AvatarKind.Drawn, Width = sidePx, Height = sidePx, FramesPerSecond = GalleryRenderer.FrameRate,
            LoopFrames = moving.Length, Join = LoopJoin.Exact, Transforms = transforms, Created = now, Drawing = DrawingVersion, MouthStaysClosed = true,
        };

        PatchTransform Next(in FaceParameters face)
        {
            renderer.Render(face);
            PackedPicture.ToI420(renderer.Pixels, sidePx * 4, PackedOrder.Bgra, picture.View);
            write(picture.View);
            return Place(renderer.Landmarks, face);
        }
    }

    /// <summary>Where the patch lies in a drawing, exactly.</summary>
    /// <param name="landmarks">Points of the drawing.</param>
    /// <param name="face">What was drawn.</param>
    public static PatchTransform Place(FaceLandmarks landmarks, in FaceParameters face)
    {
        Span<Vector2> points = stackalloc Vector2[FacePoints.Count];
        DrawnPoints.Fill(landmarks, face, points);
        return FaceAlignment.Fit(points);
    }
}
