using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Measuring;

/// <summary>A mouth of a drawn character whose opening is known exactly.</summary>
/// <param name="Patch">How it looks.</param>
/// <param name="Opening">Distance of the inner lips, mean of three places, in eye distances.</param>
internal sealed record DrawnMouth(PatchPicture Patch, double Opening)
{
    /// <summary>Pixels of the drawings; the patches are smaller than their faces.</summary>
    private const int DrawingPx = 512;

    /// <summary>Eye distance in pixels of the canonical patch.</summary>
    private const double EyeDistancePx = 67;

    private static readonly float[] Strengths = [0.25f, 0.5f, 0.75f, 1];

    /// <summary>Draws a character's mouth at rest and every viseme in four strengths.</summary>
    /// <param name="character">Who.</param>
    /// <param name="patchPx">Side of the patches.</param>
    public static IReadOnlyList<DrawnMouth> DrawAll(GalleryCharacter character, int patchPx)
    {
        using var renderer = new GalleryRenderer(character, DrawingPx);
        FaceParameters rest = FaceTimeline.NeutralLoop(character).AtFrame(0);
        var mouths = new List<DrawnMouth> { Draw(renderer, rest, patchPx) };
        foreach (Viseme viseme in VisemeTable.All.Where(v => v != Viseme.Rest))
        {
            foreach (float strength in Strengths)
                mouths.Add(Draw(renderer, FaceParameters.Add(rest, VisemeTable.Shape(viseme).Times(strength)), patchPx));
        }

        return mouths;
    }

    /// <summary>Draws one mouth.</summary>
    public static DrawnMouth Draw(GalleryRenderer renderer, in FaceParameters face, int patchPx)
    {
        renderer.Render(face);
        var picture = new I420Frame(renderer.Size, renderer.Size);
        PackedPicture.ToI420(renderer.Pixels, renderer.Size * 4, PackedOrder.Bgra, picture.View);
        PatchTransform place = DrawnClip.Place(renderer.Landmarks, face);
        return new DrawnMouth(PatchPicture.Cut(picture.View, place, patchPx), OpeningOf(renderer.Landmarks) / (place.Scale * EyeDistancePx));
    }

    /// <summary>Mean distance of the inner lips at their middle and beside it, pixels of the drawing.</summary>
    private static double OpeningOf(FaceLandmarks landmarks)
    {
        ReadOnlySpan<Vector2> p = landmarks.Points;
        const int Top = FaceLandmarks.InnerLipTop;
        const int Bottom = FaceLandmarks.InnerLipBottom;
        return (p[Bottom].Y - p[Top].Y + p[Bottom + 1].Y - p[Top - 1].Y + p[Bottom - 1].Y - p[Top + 1].Y) / 3;
    }
}
