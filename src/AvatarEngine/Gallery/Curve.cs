using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Smooth lines through points and small interpolation functions.</summary>
internal static class Curve
{
    public static float Mix(float a, float b, float t) => a + ((b - a) * t);

    public static SKPoint Mix(SKPoint a, SKPoint b, float t) => new(Mix(a.X, b.X, t), Mix(a.Y, b.Y, t));

    /// <summary>0 below <paramref name="a"/>, 1 above <paramref name="b"/>, smooth between.</summary>
    public static float Step(float a, float b, float x)
    {
        float t = Math.Clamp((x - a) / (b - a), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>exp(-(x/s)^2).</summary>
    public static float Bell(float x, float s)
    {
        float q = x / s;
        return MathF.Exp(-q * q);
    }

    /// <summary>Catmull-Rom through <paramref name="points"/>; fills <paramref name="target"/> from first to last point.</summary>
    public static void Through(ReadOnlySpan<SKPoint> points, Span<SKPoint> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            float u = (float)i / (target.Length - 1) * (points.Length - 1);
            target[i] = At(points, u);
        }
    }

    /// <summary>Point of the Catmull-Rom line at parameter <paramref name="u"/>, 0 to points - 1.</summary>
    public static SKPoint At(ReadOnlySpan<SKPoint> points, float u)
    {
        int k = Math.Clamp((int)u, 0, points.Length - 2);
        float t = u - k;
        SKPoint p1 = points[k];
        SKPoint p2 = points[k + 1];
        SKPoint p0 = k > 0 ? points[k - 1] : new SKPoint((2 * p1.X) - p2.X, (2 * p1.Y) - p2.Y);
        SKPoint p3 = k + 2 < points.Length ? points[k + 2] : new SKPoint((2 * p2.X) - p1.X, (2 * p2.Y) - p1.Y);
        return new SKPoint(Spline(p0.X, p1.X, p2.X, p3.X, t), Spline(p0.Y, p1.Y, p2.Y, p3.Y, t));
    }

    /// <summary>Closed or open polygon as a path; points lie densely, so straight pieces look smooth.</summary>
    public static SKPath Path(ReadOnlySpan<SKPoint> points, bool close = true)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly(points, close);
        return builder.Detach();
    }

    /// <summary>Closed path between two lines with the same direction.</summary>
    public static SKPath Between(ReadOnlySpan<SKPoint> a, ReadOnlySpan<SKPoint> b)
    {
        Span<SKPoint> all = stackalloc SKPoint[a.Length + b.Length];
        a.CopyTo(all);
        for (int i = 0; i < b.Length; i++)
        {
            all[a.Length + i] = b[b.Length - 1 - i];
        }

        return Path(all);
    }

    private static float Spline(float a, float b, float c, float d, float t) =>
        b + (0.5f * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
}
