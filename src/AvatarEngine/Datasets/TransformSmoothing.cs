using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// Steadies the transforms of a clip: a Gaussian over time of 1.5 frames, radius 5, the first and last transform repeated beyond
/// the ends (training's alignment.smooth). Linear in the four numbers, so that each patch pixel's way through the picture is smoothed.
/// </summary>
internal static class TransformSmoothing
{
    /// <summary>Frames on each side that a smoothed transform depends on: ceil(3 x 1.5).</summary>
    public const int Radius = 5;

    private const double SigmaFrames = 1.5;

    private static readonly double[] Kernel = MakeKernel();

    /// <summary>The smoothed transform of one frame.</summary>
    /// <param name="transforms">Of the frames so far; all that lie within <see cref="Radius"/> after the frame, unless the clip ends before.</param>
    /// <param name="frame">Which.</param>
    public static PatchTransform At(IReadOnlyList<PatchTransform> transforms, int frame)
    {
        double a = 0, b = 0, x = 0, y = 0;
        for (int i = -Radius; i <= Radius; i++)
        {
            PatchTransform t = transforms[Math.Clamp(frame + i, 0, transforms.Count - 1)];
            double k = Kernel[i + Radius];
            a += k * t.A;
            b += k * t.B;
            x += k * t.Tx;
            y += k * t.Ty;
        }

        return new PatchTransform(a, b, x, y);
    }

    private static double[] MakeKernel()
    {
        double[] kernel = [.. Enumerable.Range(-Radius, (2 * Radius) + 1).Select(i => Math.Exp(-0.5 * (i / SigmaFrames) * (i / SigmaFrames)))];
        double sum = kernel.Sum();
        return [.. kernel.Select(k => k / sum)];
    }
}
