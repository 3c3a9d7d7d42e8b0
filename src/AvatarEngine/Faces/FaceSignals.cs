using System.Numerics;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>What a face does, read off its landmarks. Lengths are in eye distances; left and right are the person's own.</summary>
/// <param name="MouthOpening">Distance of the inner lips, mean of three places; slightly negative where closed lips overlap.</param>
/// <param name="MouthWidth">Distance of the mouth's corners.</param>
/// <param name="MouthRounding">Height of the outer lips over their width: about 0.45 at rest, towards 1 for rounded lips.</param>
/// <param name="BlinkLeft">0 open, 1 closed.</param>
/// <param name="BlinkRight">0 open, 1 closed.</param>
/// <param name="BrowLeft">Height of the brow's middle over the eye's centre.</param>
/// <param name="BrowRight">As <paramref name="BrowLeft"/>.</param>
public readonly record struct FaceSignals(
    float MouthOpening, float MouthWidth, float MouthRounding, float BlinkLeft, float BlinkRight, float BrowLeft, float BrowRight)
{
    // Height of the lids' gap over the eye's width: open eyes of the training split have 0.22 to 0.34, shut ones below 0.1.
    private const float OpenRatio = 0.24f;
    private const float ShutRatio = 0.10f;

    /// <summary>Reads the signals.</summary>
    /// <param name="points"><see cref="FacePoints.Count"/> landmarks in picture pixels.</param>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public static FaceSignals Measure(ReadOnlySpan<Vector2> points)
    {
        PatchTransform transform = FaceAlignment.Fit(points);
        Span<Vector2> p = stackalloc Vector2[FacePoints.Count];
        FaceAlignment.ToPatch(points, transform, p);
        for (int i = 0; i < p.Length; i++)
            p[i] /= MouthGeometry.EyeDistancePx;
        float width = Vector2.Distance(p[FacePoints.MouthRight], p[FacePoints.MouthLeft]);
        float height = Vector2.Distance(p[FacePoints.UpperLipTop], p[FacePoints.LowerLipBottom]);
        return new FaceSignals(
            MouthGeometry.Gap(p),
            width,
            width > 1e-6f ? height / width : 0,
            Blink(p.Slice(FacePoints.LeftEye, 8)),
            Blink(p.Slice(FacePoints.RightEye, 8)),
            FacePoints.LeftEyeCentre(p).Y - p[35].Y,
            FacePoints.RightEyeCentre(p).Y - p[25].Y);
    }

    private static float Blink(ReadOnlySpan<Vector2> eye)
    {
        float width = Vector2.Distance(eye[0], eye[4]);
        float gap = (Vector2.Distance(eye[1], eye[7]) + Vector2.Distance(eye[2], eye[6]) + Vector2.Distance(eye[3], eye[5])) / 3;
        return width > 1e-6f ? Math.Clamp((OpenRatio - (gap / width)) / (OpenRatio - ShutRatio), 0, 1) : 0;
    }
}
