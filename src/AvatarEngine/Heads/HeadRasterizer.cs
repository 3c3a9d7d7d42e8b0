using System.Numerics;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>A z-buffer that remembers, for each pixel, the nearest triangle and the place in it. One instance, one thread.</summary>
internal sealed class HeadRasterizer
{
    private readonly float[] _depth;
    private readonly int[] _triangle;
    private readonly Vector2[] _place;

    /// <summary>Makes a buffer.</summary>
    /// <param name="size">Side, pixels.</param>
    public HeadRasterizer(int size)
    {
        Size = size;
        _depth = new float[size * size];
        _triangle = new int[size * size];
        _place = new Vector2[size * size];
    }

    /// <summary>Side, pixels.</summary>
    public int Size { get; }

    /// <summary>Triangle of each pixel, -1 where there is none.</summary>
    public ReadOnlySpan<int> Triangle => _triangle;

    /// <summary>Weights of the triangle's second and third vertex at each pixel.</summary>
    public ReadOnlySpan<Vector2> Place => _place;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Fill(_depth, float.MaxValue);
        Array.Fill(_triangle, -1);
    }

    /// <summary>Draws triangles.</summary>
    /// <param name="triangles">Three vertices each, counter-clockwise as seen.</param>
    /// <param name="points">Vertices: x right, y down, pixels with centres at whole numbers; z is the distance.</param>
    /// <param name="bothSides">Of each triangle, whether its back is seen too.</param>
    /// <param name="skip">Pixels of a triangle that are holes: triangle, column, row. Null: none.</param>
    public void Draw(ReadOnlySpan<int> triangles, ReadOnlySpan<Vector3> points, Func<int, bool> bothSides, Func<int, int, int, bool>? skip = null)
    {
        for (int t = 0; t < triangles.Length / 3; t++)
        {
            Vector3 a = points[triangles[3 * t]];
            Vector3 b = points[triangles[(3 * t) + 1]];
            Vector3 c = points[triangles[(3 * t) + 2]];
            float area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
            if (MathF.Abs(area) < 1e-9f || (area > 0 && !bothSides(t))) // y is down: counter-clockwise is negative.
                continue;
            int left = Math.Max(0, (int)MathF.Ceiling(MathF.Min(a.X, MathF.Min(b.X, c.X))));
            int right = Math.Min(Size - 1, (int)MathF.Floor(MathF.Max(a.X, MathF.Max(b.X, c.X))));
            int top = Math.Max(0, (int)MathF.Ceiling(MathF.Min(a.Y, MathF.Min(b.Y, c.Y))));
            int bottom = Math.Min(Size - 1, (int)MathF.Floor(MathF.Max(a.Y, MathF.Max(b.Y, c.Y))));
            for (int y = top; y <= bottom; y++)
            {
                for (int x = left; x <= right; x++)
                {
                    float v = (((x - a.X) * (c.Y - a.Y)) - ((y - a.Y) * (c.X - a.X))) / area;
                    float w = (((b.X - a.X) * (y - a.Y)) - ((b.Y - a.Y) * (x - a.X))) / area;
                    if (v < 0 || w < 0 || v + w > 1)
                        continue;
                    float depth = a.Z + (v * (b.Z - a.Z)) + (w * (c.Z - a.Z));
                    int i = (y * Size) + x;
                    if (depth >= _depth[i] || (skip is not null && skip(t, x, y)))
                        continue;
                    _depth[i] = depth;
                    _triangle[i] = t;
                    _place[i] = new Vector2(v, w);
                }
            }
        }
    }
}
