using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Rendering;

/// <summary>
/// The decoder's output and the references -> a patch to lay over the frame: (mask Y, mask Cb, mask Cr, mask) per pixel, with
/// inner = w0 closed(u + flow) + w1 open(u + flow) + w2 rgb. Colours are mixed in Y, Cb, Cr, which is the same as in RGB because
/// the weights sum to 1. Allocates nothing.
/// </summary>
internal static class PatchComposer
{
    /// <summary>A quarter of the smallest visible step: pixels with less of a mask are left out.</summary>
    private const float LeastMask = 1f / 1024;

    /// <summary>Composes a patch.</summary>
    /// <param name="output">[11, size, size] of the decoder (see <see cref="Models.ModelConventions.DecoderChannels"/>).</param>
    /// <param name="closed">[size, size] (Y, Cb, Cr, 1).</param>
    /// <param name="open">[size, size] (Y, Cb, Cr, 1).</param>
    /// <param name="size">Side of the patch.</param>
    /// <param name="presence">Factor on the mask, 0 ... 1.</param>
    /// <param name="result">[size, size]; every pixel is written.</param>
    public static void Compose(
        ReadOnlySpan<float> output, ReadOnlySpan<Vector4> closed, ReadOnlySpan<Vector4> open, int size, float presence, Span<Vector4> result)
    {
        int n = size * size;
        ReadOnlySpan<float> mask = output.Slice(10 * n, n);
        ref float channels = ref MemoryMarshal.GetReference(output[..(11 * n)]);
        ref Vector4 closedPixels = ref MemoryMarshal.GetReference(closed[..n]);
        ref Vector4 openPixels = ref MemoryMarshal.GetReference(open[..n]);
        for (int v = 0; v < size; v++)
        {
            for (int u = 0; u < size; u++)
            {
                int i = (v * size) + u;
                float m = mask[i] * presence;
                if (!(m > LeastMask)) // Also not a number, should a network ever make one.
                {
                    result[i] = Vector4.Zero;
                    continue;
                }

                ref float at = ref Unsafe.Add(ref channels, i);
                Vector4 inner = Sample(ref closedPixels, size, u + at, v + Unsafe.Add(ref at, n)) * Unsafe.Add(ref at, 4 * n);
                inner += Sample(ref openPixels, size, u + Unsafe.Add(ref at, 2 * n), v + Unsafe.Add(ref at, 3 * n)) * Unsafe.Add(ref at, 5 * n);
                inner += Bt601.FromRgb(Unsafe.Add(ref at, 7 * n), Unsafe.Add(ref at, 8 * n), Unsafe.Add(ref at, 9 * n)) * Unsafe.Add(ref at, 6 * n);
                result[i] = inner * m;
            }
        }
    }

    /// <summary>Halves a patch: the mean of 2x2 pixels.</summary>
    /// <param name="from">[size, size].</param>
    /// <param name="size">Even.</param>
    /// <param name="to">[size / 2, size / 2].</param>
    public static void Halve(ReadOnlySpan<Vector4> from, int size, Span<Vector4> to)
    {
        int half = size / 2;
        for (int v = 0; v < half; v++)
        {
            ReadOnlySpan<Vector4> top = from.Slice(2 * v * size, size);
            ReadOnlySpan<Vector4> bottom = from.Slice(((2 * v) + 1) * size, size);
            Span<Vector4> row = to.Slice(v * half, half);
            for (int u = 0; u < half; u++)
                row[u] = (top[2 * u] + top[(2 * u) + 1] + bottom[2 * u] + bottom[(2 * u) + 1]) * 0.25f;
        }
    }

    /// <summary>Bilinear, edges repeated; a place that is no number reads the first pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector4 Sample(ref Vector4 pixels, int size, float u, float v)
    {
        float last = size - 1;
        u = MathF.Max(0, MathF.Min(u, last));
        v = MathF.Max(0, MathF.Min(v, last));
        // The last column and row are reached from the ones before them with a fraction of 1.
        int column = Math.Clamp((int)u, 0, size - 2);
        int row = Math.Clamp((int)v, 0, size - 2);
        ref Vector4 a = ref Unsafe.Add(ref pixels, (row * size) + column);
        ref Vector4 b = ref Unsafe.Add(ref a, size);
        float fu = u - column;
        Vector4 top = a + ((Unsafe.Add(ref a, 1) - a) * fu);
        Vector4 bottom = b + ((Unsafe.Add(ref b, 1) - b) * fu);
        return top + ((bottom - top) * (v - row));
    }
}
