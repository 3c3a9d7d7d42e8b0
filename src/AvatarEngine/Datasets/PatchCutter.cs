using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>Cuts a window of patch pixels out of a picture: bilinear, the picture's edge repeated outside (training's alignment.cut).</summary>
internal static class PatchCutter
{
    /// <summary>Picture pixels per window pixel up to which bilinear reading needs no blur before it.</summary>
    public const double MaxScale = 1.5;

    /// <summary>Cuts a square window.</summary>
    /// <param name="bgra">The picture, 4 bytes a pixel, rows without gaps.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="transform">Patch to picture; at most <see cref="MaxScale"/> picture pixels per patch pixel.</param>
    /// <param name="size">Side of the window.</param>
    /// <param name="originX">Column of the patch's first pixel in the window.</param>
    /// <param name="originY">Row of the patch's first pixel in the window.</param>
    /// <param name="bgr">[size, size, 3], filled.</param>
    /// <exception cref="ArgumentOutOfRangeException">The picture is too fine for the window.</exception>
    public static void Cut(
        ReadOnlySpan<byte> bgra, int width, in PatchTransform transform, int size, int originX, int originY, Span<byte> bgr)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transform.Scale, MaxScale, nameof(transform));
        int height = bgra.Length / (4 * width);
        int at = 0;
        for (int j = 0; j < size; j++)
        {
            for (int i = 0; i < size; i++)
            {
                double u = i - originX;
                double v = j - originY;
                double x = Math.Clamp((transform.A * u) - (transform.B * v) + transform.Tx, 0, width - 1);
                double y = Math.Clamp((transform.B * u) + (transform.A * v) + transform.Ty, 0, height - 1);
                int left = (int)x;
                int top = (int)y;
                int here = ((top * width) + left) * 4;
                int right = left + 1 < width ? here + 4 : here;
                int down = top + 1 < height ? width * 4 : 0;
                float fx = (float)(x - left);
                float fy = (float)(y - top);
                for (int c = 0; c < 3; c++)
                {
                    float above = bgra[here + c] + (fx * (bgra[right + c] - bgra[here + c]));
                    float below = bgra[here + down + c] + (fx * (bgra[right + down + c] - bgra[here + down + c]));
                    bgr[at++] = (byte)(above + (fy * (below - above)) + 0.5f);
                }
            }
        }
    }
}
