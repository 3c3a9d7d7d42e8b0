using System.Numerics;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// The measures of the mouth that the motion code is made of, in eye distances: the same numbers as training's motion.py, which
/// normalises them to a person's own range. Flat landmarks have no depth, so their `protrude` stays at its neutral 0.
/// </summary>
public static class MouthGeometry
{
    /// <summary>Number of measures.</summary>
    public const int Count = 13;

    /// <summary>Place of the opening of the inner lips.</summary>
    public const int Opening = 1;

    internal const float EyeDistancePx = 67;

    /// <summary>Names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "jaw", "gap", "width", "half_left", "half_right", "corner_left", "corner_right", "upper", "lower", "roll_upper",
        "roll_lower", "jaw_left", "protrude",
    ];

    /// <summary>Measures a mouth.</summary>
    /// <param name="patch"><see cref="FacePoints.Count"/> landmarks in pixels of the canonical patch (<see cref="FaceAlignment.ToPatch"/>).</param>
    /// <param name="measures">Receives <see cref="Count"/> numbers.</param>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public static void Measure(ReadOnlySpan<Vector2> patch, Span<float> measures)
    {
        FacePoints.Require(patch);
        Vector2 chin = patch[FacePoints.Chin];
        Vector2 nose = patch[FacePoints.NoseBase];
        Vector2 left = patch[FacePoints.MouthLeft];
        Vector2 right = patch[FacePoints.MouthRight];
        Vector2 top = patch[FacePoints.UpperLipTop];
        Vector2 upper = patch[FacePoints.UpperLipInner];
        Vector2 lower = patch[FacePoints.LowerLipInner];
        Vector2 bottom = patch[FacePoints.LowerLipBottom];
        measures[0] = chin.Y - nose.Y;
        measures[1] = Gap(patch);
        measures[2] = Vector2.Distance(left, right);
        measures[3] = left.X - nose.X;
        measures[4] = nose.X - right.X;
        measures[5] = nose.Y - left.Y;
        measures[6] = nose.Y - right.Y;
        measures[7] = nose.Y - upper.Y;
        measures[8] = bottom.Y - chin.Y;
        measures[9] = top.Y - upper.Y;
        measures[10] = lower.Y - bottom.Y;
        measures[11] = chin.X - nose.X;
        measures[12] = 0;
        for (int i = 0; i < Count; i++)
            measures[i] /= EyeDistancePx;
    }

    /// <summary>Measures the mouth of a whole mesh, whose depth is known.</summary>
    /// <param name="mesh">468 points in pixels of the canonical patch, depth in the same unit, towards the camera negative.</param>
    /// <param name="measures">Receives <see cref="Count"/> numbers.</param>
    public static void Measure(ReadOnlySpan<Vector3> mesh, Span<float> measures)
    {
        Span<Vector2> patch = stackalloc Vector2[FacePoints.Count];
        for (int i = 0; i < patch.Length; i++)
        {
            Vector3 p = mesh[FacePoints.MeshIndices[i]];
            patch[i] = new Vector2(p.X, p.Y);
        }

        Measure(patch, measures);
        float Depth(ReadOnlySpan<Vector3> points, int point) => points[FacePoints.MeshIndices[point]].Z;
        float corners = (Depth(mesh, FacePoints.MouthRight) + Depth(mesh, FacePoints.MouthLeft)) / 2;
        float middle = (Depth(mesh, FacePoints.UpperLipTop) + Depth(mesh, FacePoints.LowerLipBottom)
            + Depth(mesh, FacePoints.UpperLipInner) + Depth(mesh, FacePoints.LowerLipInner)) / 4;
        measures[Count - 1] = (corners - middle) / EyeDistancePx;
    }

    /// <summary>Mean opening of the inner lips at their middle and to both sides of it, in the unit of the points.</summary>
    internal static float Gap(ReadOnlySpan<Vector2> patch)
    {
        const int Upper = FacePoints.UpperLipInner;
        const int Lower = FacePoints.LowerLipInner;
        return (patch[Lower].Y - patch[Upper].Y + patch[Lower + 1].Y - patch[Upper - 1].Y + patch[Lower - 1].Y - patch[Upper + 1].Y) / 3;
    }
}
