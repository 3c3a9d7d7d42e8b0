using System.Numerics;
using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>How large a face is in its picture.</summary>
internal static class FaceWidth
{
    // Mesh points 234 and 454: the cheeks before the ears.
    private const int RightCheek = 1;
    private const int LeftCheek = 21;

    /// <summary>Distance of the cheeks before the ears, picture pixels.</summary>
    /// <param name="points"><see cref="FacePoints.Count"/> landmarks.</param>
    public static float CheeksPx(ReadOnlySpan<Vector2> points) => Vector2.Distance(points[RightCheek], points[LeftCheek]);
}
