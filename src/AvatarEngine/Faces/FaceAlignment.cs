using System.Numerics;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>From landmarks to the canonical patch (training/README.md, Patch): the same numbers as training's alignment.py.</summary>
public static class FaceAlignment
{
    /// <summary>Width of the smoothing over a stored clip, frames.</summary>
    public const double SmoothingSigmaFrames = 1.5;

    /// <summary>Where the patch lies in the picture, by least squares over eye corners and the bridge of the nose.</summary>
    /// <param name="points"><see cref="FacePoints.Count"/> landmarks in picture pixels.</param>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public static PatchTransform Fit(ReadOnlySpan<Vector2> points)
    {
        FacePoints.Require(points);
        Span<Vector2> stable = stackalloc Vector2[FacePoints.Stable.Length];
        for (int i = 0; i < stable.Length; i++)
            stable[i] = points[FacePoints.Stable[i]];
        return CanonicalPatch.Fit(stable);
    }

    /// <summary>
    /// Gaussian of <see cref="SmoothingSigmaFrames"/> over a whole clip, the ends by repeating the edge frame; for registration,
    /// where the future is known. Live pictures take <see cref="TransformSmoother"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The target is not as long as the source, or overlaps it.</exception>
    public static void Smooth(ReadOnlySpan<PatchTransform> frames, Span<PatchTransform> smooth)
    {
        if (smooth.Length != frames.Length || smooth.Overlaps(frames))
            throw new ArgumentException("The target is another buffer of the same length.", nameof(smooth));
        int radius = (int)Math.Ceiling(3 * SmoothingSigmaFrames);
        Span<double> kernel = stackalloc double[(2 * radius) + 1];
        double sum = 0;
        for (int k = -radius; k <= radius; k++)
            sum += kernel[k + radius] = Math.Exp(-0.5 * Math.Pow(k / SmoothingSigmaFrames, 2));
        for (int n = 0; n < frames.Length; n++)
        {
            double a = 0, b = 0, x = 0, y = 0;
            for (int k = -radius; k <= radius; k++)
            {
                double share = kernel[k + radius] / sum;
                PatchTransform t = frames[Math.Clamp(n + k, 0, frames.Length - 1)];
                a += share * t.A;
                b += share * t.B;
                x += share * t.Tx;
                y += share * t.Ty;
            }

            smooth[n] = new PatchTransform(a, b, x, y);
        }
    }

    /// <summary>As <see cref="Smooth"/>, for pictures of which the first follows the last.</summary>
    /// <returns>As many as there are pictures.</returns>
    public static PatchTransform[] SmoothLoop(ReadOnlySpan<PatchTransform> loop)
    {
        int radius = (int)Math.Ceiling(3 * SmoothingSigmaFrames);
        var around = new PatchTransform[loop.Length + (2 * radius)];
        for (int n = 0; n < around.Length; n++)
            around[n] = loop[(((n - radius) % loop.Length) + loop.Length) % loop.Length];
        var smooth = new PatchTransform[around.Length];
        Smooth(around, smooth);
        return smooth[radius..^radius];
    }

    /// <summary>All landmarks in pixels of the canonical patch.</summary>
    public static void ToPatch(ReadOnlySpan<Vector2> points, PatchTransform transform, Span<Vector2> patch)
    {
        for (int i = 0; i < points.Length; i++)
            patch[i] = transform.ToPatch(points[i]);
    }
}
