using System.Numerics;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// A turned square around a face, in pixels of the picture (pixel centres at whole numbers): the middle of the box around the
/// landmarks in axes turned by the eyes' roll, and <see cref="Scale"/> times that box's longer side. Same as training/faces/points.py.
/// </summary>
/// <param name="X">Centre, to the right.</param>
/// <param name="Y">Centre, down.</param>
/// <param name="Side">Length of a side.</param>
/// <param name="Roll">Radians, positive clockwise in the picture.</param>
public readonly record struct FaceRegion(float X, float Y, float Side, float Roll)
{
    /// <summary>Side of the region over the longer side of the landmarks' box.</summary>
    public const float Scale = 1.35f;

    /// <summary>The region around <see cref="FacePoints.Count"/> landmarks.</summary>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public static FaceRegion Around(ReadOnlySpan<Vector2> points)
    {
        FacePoints.Require(points);
        Vector2 eyes = FacePoints.LeftEyeCentre(points) - FacePoints.RightEyeCentre(points);
        float roll = MathF.Atan2(eyes.Y, eyes.X);
        (float sin, float cos) = MathF.SinCos(roll);
        var low = new Vector2(float.MaxValue);
        var high = new Vector2(float.MinValue);
        foreach (Vector2 p in points)
        {
            var turned = new Vector2((p.X * cos) + (p.Y * sin), (p.Y * cos) - (p.X * sin));
            low = Vector2.Min(low, turned);
            high = Vector2.Max(high, turned);
        }

        Vector2 middle = (low + high) / 2;
        Vector2 size = high - low;
        return new FaceRegion(
            (middle.X * cos) - (middle.Y * sin), (middle.X * sin) + (middle.Y * cos), MathF.Max(size.X, size.Y) * Scale, roll);
    }

    /// <summary>A place of the region's crop in the picture.</summary>
    /// <param name="u">-0.5 (left edge) to 0.5, along the face's own right-hand axis.</param>
    /// <param name="v">-0.5 (top edge) to 0.5.</param>
    public Vector2 ToPicture(float u, float v)
    {
        (float sin, float cos) = MathF.SinCos(Roll);
        return new Vector2(X + (Side * ((u * cos) - (v * sin))), Y + (Side * ((u * sin) + (v * cos))));
    }
}
