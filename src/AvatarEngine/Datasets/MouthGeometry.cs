using System.Numerics;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>The 13 mouth measures of a mesh in eye distances; names, order and formulas of training's motion.GEOMETRY.</summary>
internal static class MouthGeometry
{
    /// <summary>Measures per picture.</summary>
    public const int Count = 13;

    /// <summary>Place of the opening of the inner lips.</summary>
    public const int Gap = 1;

    /// <summary>Measures a mesh.</summary>
    /// <param name="mesh">468 points in patch pixels.</param>
    /// <param name="target">13 numbers, filled.</param>
    public static void Measure(ReadOnlySpan<Vector3> mesh, Span<float> target)
    {
        Vector3 left = mesh[291], right = mesh[61], nose = mesh[2], chin = mesh[152];
        Vector3 upperOuter = mesh[0], upperInner = mesh[13], lowerInner = mesh[14], lowerOuter = mesh[17];
        target[0] = chin.Y - nose.Y;
        target[Gap] = (lowerInner.Y - upperInner.Y + mesh[87].Y - mesh[82].Y + mesh[317].Y - mesh[312].Y) / 3;
        target[2] = MathF.Sqrt(((left.X - right.X) * (left.X - right.X)) + ((left.Y - right.Y) * (left.Y - right.Y)));
        target[3] = left.X - nose.X;
        target[4] = nose.X - right.X;
        target[5] = nose.Y - left.Y;
        target[6] = nose.Y - right.Y;
        target[7] = nose.Y - upperInner.Y;
        target[8] = lowerOuter.Y - chin.Y;
        target[9] = upperOuter.Y - upperInner.Y;
        target[10] = lowerInner.Y - lowerOuter.Y;
        target[11] = chin.X - nose.X;
        target[12] = ((right.Z + left.Z) / 2) - ((upperOuter.Z + lowerOuter.Z + upperInner.Z + lowerInner.Z) / 4);
        for (int i = 0; i < Count; i++)
            target[i] = (float)(target[i] / ShardFormat.EyeDistancePx);
    }
}
