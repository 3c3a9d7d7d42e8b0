using System.Numerics;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>
/// Where lips, brows and beard lie on the face, as a map over the front of the neutral head: one for all people, made once for a
/// head. Each value is a distance in centimetres, negative inside.
/// </summary>
internal sealed class FacePaint
{
    private const int Side = 640;
    private const float CmPerCell = 0.03f;

    /// <summary>Mesh points of the outer lips, and the upper edges of the brows from the temple inwards.</summary>
    private static readonly int[] Lips = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146];

    private static readonly int[][] Brows = [[46, 53, 52, 65, 55], [285, 295, 282, 283, 276]];

    private static readonly int[][] BrowTops = [[70, 63, 105, 66, 107], [336, 296, 334, 293, 300]];

    private readonly Vector2 _origin;
    private readonly float[] _lips = new float[Side * Side];
    private readonly float[] _brows = new float[Side * Side];

    /// <summary>Makes the maps of a head.</summary>
    public FacePaint(HeadModel model)
    {
        Vector2 At(int point) => new(model.Neutral[model.Points[point]].X, model.Neutral[model.Points[point]].Y);
        Vector2 mouth = (At(61) + At(291)) / 2;
        _origin = mouth - new Vector2(Side * CmPerCell / 2, Side * CmPerCell * 0.35f);
        Vector2[] lips = [.. Lips.Select(At)];
        Vector2[][] brows = [.. Brows.Select((line, k) => line.Select((point, i) => (At(point) + At(BrowTops[k][i])) / 2).ToArray())];
        for (int i = 0; i < Side * Side; i++)
        {
            Vector2 p = _origin + (CmPerCell * new Vector2(i % Side, i / Side));
            _lips[i] = Inside(lips, p) ? -ToLine(lips, p, true) : ToLine(lips, p, true);
            _brows[i] = MathF.Min(ToLine(brows[0], p, false), ToLine(brows[1], p, false));
        }

        MouthZ = MathF.Min(model.Neutral[model.Points[61]].Z, model.Neutral[model.Points[291]].Z);
        Mouth = mouth;
        Chin = At(152).Y;
        NoseBase = At(2).Y;
        BrowHeight = (At(66).Y + At(296).Y) / 2;
        EyeDistance = Vector2.Distance((At(33) + At(133)) / 2, (At(263) + At(362)) / 2);
    }

    /// <summary>Middle between the mouth's corners.</summary>
    public Vector2 Mouth { get; }

    /// <summary>How far forward the mouth's corners are.</summary>
    public float MouthZ { get; }

    /// <summary>Heights.</summary>
    public float Chin { get; }

    /// <inheritdoc cref="Chin"/>
    public float NoseBase { get; }

    /// <inheritdoc cref="Chin"/>
    public float BrowHeight { get; }

    /// <summary>Distance of the eye centres.</summary>
    public float EyeDistance { get; }

    /// <summary>Distances to the lips' edge (negative inside) and to the middle line of a brow at a place of the neutral head.</summary>
    public (float Lips, float Brow) At(Vector3 rest)
    {
        Vector2 at = (new Vector2(rest.X, rest.Y) - _origin) / CmPerCell;
        int x = (int)at.X;
        int y = (int)at.Y;
        return at.X < 0 || at.Y < 0 || x >= Side || y >= Side ? (99, 99) : (_lips[(y * Side) + x], _brows[(y * Side) + x]);
    }

    private static float ToLine(Vector2[] line, Vector2 p, bool closed)
    {
        float best = float.MaxValue;
        for (int i = closed ? 0 : 1; i < line.Length; i++)
        {
            Vector2 a = line[(i + line.Length - 1) % line.Length];
            Vector2 way = line[i] - a;
            float along = Math.Clamp(Vector2.Dot(p - a, way) / MathF.Max(1e-9f, way.LengthSquared()), 0, 1);
            best = MathF.Min(best, Vector2.DistanceSquared(p, a + (along * way)));
        }

        return MathF.Sqrt(best);
    }

    private static bool Inside(Vector2[] ring, Vector2 p)
    {
        bool inside = false;
        for (int i = 0; i < ring.Length; i++)
        {
            Vector2 a = ring[i];
            Vector2 b = ring[(i + 1) % ring.Length];
            if (a.Y > p.Y != b.Y > p.Y && p.X < a.X + ((b.X - a.X) * (p.Y - a.Y) / (b.Y - a.Y)))
                inside = !inside;
        }

        return inside;
    }
}
