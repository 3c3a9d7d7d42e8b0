using System.Numerics;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>Direction of a head. Zero looks into the camera.</summary>
/// <param name="Yaw">Radians, positive when the nose points to the right edge of the picture.</param>
/// <param name="Pitch">Radians, positive when the nose points up.</param>
/// <param name="Roll">Radians, positive clockwise in the picture.</param>
/// <param name="EyeDistancePx">Distance of the eyes, in picture pixels, that the head would show from the front.</param>
public readonly record struct HeadPose(float Yaw, float Pitch, float Roll, float EyeDistancePx)
{
    // Places that the face's muscles hardly move, and their mean shape over the people of the training split in eye distances:
    // x right and y down in the picture, z away from the viewer, origin between the eyes.
    private static readonly (byte Point, Vector3 Place)[] Rigid =
    [
        (54, new(-0.719f, -0.012f, 0.040f)), (58, new(-0.281f, 0.012f, -0.040f)), (62, new(0.281f, 0.012f, -0.040f)),
        (66, new(0.719f, -0.012f, 0.040f)), (43, new(0, -0.080f, -0.315f)), (44, new(0, 0.048f, -0.381f)),
        (45, new(0, 0.170f, -0.457f)), (47, new(0, 0.409f, -0.629f)), (48, new(0, 0.560f, -0.663f)),
        (49, new(-0.280f, 0.761f, -0.244f)), (51, new(0, 0.791f, -0.373f)), (53, new(0.280f, 0.761f, -0.244f)),
        (0, new(-1.101f, 0.073f, 0.835f)), (22, new(1.101f, 0.073f, 0.835f)),
    ];

    private static readonly Vector3[] Solver = PseudoInverse();

    /// <summary>Estimates the pose: the affine camera that best maps the mean face to the landmarks, then the rotation nearest to it.</summary>
    /// <param name="points"><see cref="FacePoints.Count"/> landmarks in picture pixels.</param>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public static HeadPose Estimate(ReadOnlySpan<Vector2> points)
    {
        FacePoints.Require(points);
        Vector3 right = default;
        Vector3 down = default;
        for (int i = 0; i < Solver.Length; i++)
        {
            Vector2 p = points[Rigid[i].Point];
            right += Solver[i] * p.X;
            down += Solver[i] * p.Y;
        }

        float scale = (right.Length() + down.Length()) / 2;
        if (!(scale > 1e-6f))
            return default;
        Vector3 a = Vector3.Normalize(right);
        Vector3 b = Vector3.Normalize(down);
        Vector3 sum = Vector3.Normalize(a + b);
        Vector3 difference = Vector3.Normalize(a - b);
        right = (sum + difference) / MathF.Sqrt(2);
        down = (sum - difference) / MathF.Sqrt(2);
        Vector3 away = Vector3.Cross(right, down);
        return new HeadPose(
            MathF.Atan2(away.X, away.Z), -MathF.Asin(Math.Clamp(away.Y, -1, 1)), MathF.Atan2(-right.Y, down.Y), scale);
    }

    /// <summary>The mean face seen in this pose, for tests and drawings: one place per rigid point, picture axes, in its pixels.</summary>
    internal void Project(Span<Vector2> points)
    {
        (float sy, float cy) = MathF.SinCos(Yaw);
        (float sp, float cp) = MathF.SinCos(Pitch);
        (float sr, float cr) = MathF.SinCos(Roll);
        foreach ((byte point, Vector3 m) in Rigid)
        {
            float x = (cy * m.X) - (sy * m.Z);
            float z = (sy * m.X) + (cy * m.Z);
            float y = (cp * m.Y) + (sp * z);
            points[point] = new Vector2((cr * x) - (sr * y), (sr * x) + (cr * y)) * EyeDistancePx;
        }
    }

    // Rows of (X^T X)^-1 X^T over the centred mean face.
    private static Vector3[] PseudoInverse()
    {
        Vector3 mean = default;
        foreach ((_, Vector3 place) in Rigid)
            mean += place / Rigid.Length;
        Matrix4x4 gram = default;
        gram.M44 = 1;
        foreach ((_, Vector3 place) in Rigid)
        {
            Vector3 p = place - mean;
            gram.M11 += p.X * p.X;
            gram.M12 += p.X * p.Y;
            gram.M13 += p.X * p.Z;
            gram.M22 += p.Y * p.Y;
            gram.M23 += p.Y * p.Z;
            gram.M33 += p.Z * p.Z;
        }

        (gram.M21, gram.M31, gram.M32) = (gram.M12, gram.M13, gram.M23);
        Matrix4x4.Invert(gram, out Matrix4x4 inverse);
        return [.. Rigid.Select(r => Vector3.Transform(r.Place - mean, inverse))];
    }
}
