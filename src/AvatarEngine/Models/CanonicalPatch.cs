using System.Numerics;

namespace Avatar2D.AvatarEngine.Models;

/// <summary>
/// The lower-face patch that all networks see: eye centres 67 px apart at v = -18, mouth near (64, 59) of 128 x 128 pixels.
/// At another size S: u_S = (u + 0.5) S / 128 - 0.5. Same numbers as training (alignment.py).
/// </summary>
public static class CanonicalPatch
{
    /// <summary>Side of the patch in which transforms and templates are given.</summary>
    public const int SizePx = 128;

    /// <summary>
    /// Places of the stable points: the person's right eye outer and inner corner, left eye inner and outer corner (right and
    /// left of the person, so the first lies on the left of the picture), nose bridge top, nose bridge middle.
    /// </summary>
    public static IReadOnlyList<Vector2> Template { get; } =
        [new(15.8f, -18.8f), new(45.2f, -17.2f), new(82.8f, -17.2f), new(112.2f, -18.8f), new(64.0f, -23.7f), new(64.0f, -15.3f)];

    /// <summary>The least-squares similarity from the template to points of a picture, errors counted in picture pixels.</summary>
    /// <param name="points">The six stable points in the template's order, picture pixels with pixel centres at whole numbers.</param>
    /// <exception cref="ArgumentException">Not six points.</exception>
    public static PatchTransform Fit(ReadOnlySpan<Vector2> points)
    {
        if (points.Length != Template.Count)
            throw new ArgumentException($"The fit takes {Template.Count} points, not {points.Length}.", nameof(points));
        double meanU = 0, meanV = 0, meanX = 0, meanY = 0;
        for (int i = 0; i < points.Length; i++)
        {
            meanU += Template[i].X / (double)points.Length;
            meanV += Template[i].Y / (double)points.Length;
            meanX += points[i].X / (double)points.Length;
            meanY += points[i].Y / (double)points.Length;
        }

        double norm = 0, a = 0, b = 0;
        for (int i = 0; i < points.Length; i++)
        {
            double u = Template[i].X - meanU;
            double v = Template[i].Y - meanV;
            double x = points[i].X - meanX;
            double y = points[i].Y - meanY;
            norm += (u * u) + (v * v);
            a += (x * u) + (y * v);
            b += (y * u) - (x * v);
        }

        a /= norm;
        b /= norm;
        return new PatchTransform(a, b, meanX - (a * meanU) + (b * meanV), meanY - (b * meanU) - (a * meanV));
    }
}
