using System.Numerics;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>From landmarks to the canonical patch (training/README.md, Patch): the same numbers as training's alignment.py.</summary>
public static class FaceAlignment
{
    /// <summary>Width of the smoothing over a stored clip, frames.</summary>
    public const double SmoothingSigmaFrames = 1.5;

    /// <summary>Frames on each side that a smoothed transform depends on: ceil(3 x 1.5).</summary>
    public const int SmoothingRadius = 5;

    private static readonly double[] Kernel = MakeKernel();

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
        for (int n = 0; n < frames.Length; n++)
            smooth[n] = SmoothAt(frames, n);
    }

    /// <summary>One frame of <see cref="Smooth"/>.</summary>
    /// <param name="frames">Of the frames so far; all that lie within <see cref="SmoothingRadius"/> after the frame, unless the clip ends before.</param>
    /// <param name="frame">Which.</param>
    public static PatchTransform SmoothAt(ReadOnlySpan<PatchTransform> frames, int frame)
    {
        double a = 0, b = 0, x = 0, y = 0;
        for (int k = -SmoothingRadius; k <= SmoothingRadius; k++)
        {
            double share = Kernel[k + SmoothingRadius];
            PatchTransform t = frames[Math.Clamp(frame + k, 0, frames.Length - 1)];
            a += share * t.A;
            b += share * t.B;
            x += share * t.Tx;
            y += share * t.Ty;
        }

        return new PatchTransform(a, b, x, y);
    }

    /// <summary>As <see cref="Smooth"/>, for pictures of which the first follows the last.</summary>
    /// <returns>As many as there are pictures.</returns>
    public static PatchTransform[] SmoothLoop(ReadOnlySpan<PatchTransform> loop)
    {
        var around = new PatchTransform[loop.Length + (2 * SmoothingRadius)];
        for (int n = 0; n < around.Length; n++)
            around[n] = loop[(((n - SmoothingRadius) % loop.Length) + loop.Length) % loop.Length];
        var smooth = new PatchTransform[around.Length];
        Smooth(around, smooth);
        return smooth[SmoothingRadius..^SmoothingRadius];
    }

    /// <summary>All landmarks in pixels of the canonical patch.</summary>
    public static void ToPatch(ReadOnlySpan<Vector2> points, PatchTransform transform, Span<Vector2> patch)
    {
        for (int i = 0; i < points.Length; i++)
            patch[i] = transform.ToPatch(points[i]);
    }

    private static double[] MakeKernel()
    {
        double[] kernel = [.. Enumerable.Range(-SmoothingRadius, (2 * SmoothingRadius) + 1).Select(i => Math.Exp(-0.5 * (i / SmoothingSigmaFrames) * (i / SmoothingSigmaFrames)))];
        double sum = kernel.Sum();
        return [.. kernel.Select(k => k / sum)];
    }
}
