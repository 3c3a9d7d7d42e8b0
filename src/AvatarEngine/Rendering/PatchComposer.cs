using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Rendering;

/// <summary>
/// The decoder's answer and the references -> what to lay over the frame: (mask Y, mask Cb, mask Cr, mask) per pixel of the window,
/// with inner = w0 closed(u + flow) + w1 open(u + flow) + w2 rgb. The field (flows and weights) comes at half the resolution and is
/// doubled here, bilinearly. Colours are mixed in Y, Cb, Cr, which is the same as in RGB because the weights sum to 1.
/// One instance, one thread; allocates nothing after construction.
/// </summary>
internal sealed class PatchComposer
{
    /// <summary>A quarter of the smallest visible step: pixels with less of a mask are left out.</summary>
    private const float LeastMask = 1f / 1024;

    private readonly int _patchPx;
    private readonly PatchWindow _window;
    private readonly int _half;
    private readonly float[] _row;
    private readonly float[] _doubled;

    /// <summary>Prepares for a model.</summary>
    /// <param name="patchPx">Side of its references.</param>
    /// <param name="window">What it makes of them.</param>
    public PatchComposer(int patchPx, PatchWindow window)
    {
        _patchPx = patchPx;
        _window = window;
        _half = window.Side / 2;
        _row = new float[ModelConventions.FieldChannels * _half];
        _doubled = new float[2 * _row.Length];
    }

    /// <summary>Composes the window.</summary>
    /// <param name="field">[7, side / 2, side / 2] of the decoder (<see cref="ModelConventions.FieldChannels"/>).</param>
    /// <param name="paint">[16, side / 2, side / 2] of the decoder (<see cref="ModelConventions.PaintChannels"/>).</param>
    /// <param name="closed">[patch, patch] (Y, Cb, Cr, 1).</param>
    /// <param name="open">[patch, patch] (Y, Cb, Cr, 1).</param>
    /// <param name="presence">Factor on the mask, 0 ... 1.</param>
    /// <param name="result">[side, side]; every pixel is written.</param>
    /// <param name="stride">From one row of the result to the next.</param>
    public void Compose(
        ReadOnlySpan<float> field, ReadOnlySpan<float> paint, ReadOnlySpan<Vector4> closed, ReadOnlySpan<Vector4> open, float presence, Span<Vector4> result,
        int stride)
    {
        for (int v = 0; v < _window.Side; v++)
        {
            DoubleField(field, v);
            ComposeRow(paint[((v >> 1) * _half)..], v, closed, open, presence, result.Slice(v * stride, _window.Side));
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

    /// <summary>
    /// Row <paramref name="v"/> of the field at the window's resolution: per channel the even columns, then the odd ones. A pixel lies a
    /// quarter of a cell from its cell's middle, so it is three quarters of its cell and one of the neighbour's; at the edge the cell's own.
    /// </summary>
    private void DoubleField(ReadOnlySpan<float> field, int v)
    {
        int near = v >> 1;
        int far = Math.Clamp(near + ((v & 1) == 0 ? -1 : 1), 0, _half - 1);
        for (int c = 0; c < ModelConventions.FieldChannels; c++)
        {
            int plane = c * _half * _half;
            Span<float> row = _row.AsSpan(c * _half, _half);
            Mix(field.Slice(plane + (near * _half), _half), field.Slice(plane + (far * _half), _half), row);
            Span<float> even = _doubled.AsSpan(2 * c * _half, _half);
            Span<float> odd = _doubled.AsSpan(((2 * c) + 1) * _half, _half);
            Mix(row[1..], row[..^1], even[1..]);
            Mix(row[..^1], row[1..], odd[..^1]);
            even[0] = row[0];
            odd[^1] = row[^1];
        }
    }

    private static void Mix(ReadOnlySpan<float> near, ReadOnlySpan<float> far, Span<float> to)
    {
        var threeQuarters = new Vector<float>(0.75f);
        var quarter = new Vector<float>(0.25f);
        int i = 0;
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            ((new Vector<float>(near[i..]) * threeQuarters) + (new Vector<float>(far[i..]) * quarter)).CopyTo(to[i..]);
        for (; i < to.Length; i++)
            to[i] = (near[i] * 0.75f) + (far[i] * 0.25f);
    }

    private void ComposeRow(
        ReadOnlySpan<float> paint, int v, ReadOnlySpan<Vector4> closed, ReadOnlySpan<Vector4> open, float presence, Span<Vector4> result)
    {
        ref Vector4 closedPixels = ref MemoryMarshal.GetReference(closed[..(_patchPx * _patchPx)]);
        ref Vector4 openPixels = ref MemoryMarshal.GetReference(open[..(_patchPx * _patchPx)]);
        int cells = _half * _half;
        int y = _window.Top + v;
        for (int side = 0; side < 2; side++)
        {
            int first = (((v & 1) * 2) + side) * cells;
            ReadOnlySpan<float> red = paint.Slice(first, _half);
            ReadOnlySpan<float> green = paint.Slice(first + (4 * cells), _half);
            ReadOnlySpan<float> blue = paint.Slice(first + (8 * cells), _half);
            ReadOnlySpan<float> mask = paint.Slice(first + (12 * cells), _half);
            ref float channels = ref _doubled[side * _half];
            int next = 2 * _half;
            for (int i = 0; i < _half; i++)
            {
                float m = mask[i] * presence;
                if (!(m > LeastMask)) // Also not a number, should a network ever make one.
                {
                    result[(2 * i) + side] = Vector4.Zero;
                    continue;
                }

                ref float at = ref Unsafe.Add(ref channels, i);
                float x = _window.Left + (2 * i) + side;
                Vector4 inner = Sample(ref closedPixels, x + at, y + Unsafe.Add(ref at, next)) * Unsafe.Add(ref at, 4 * next);
                inner += Sample(ref openPixels, x + Unsafe.Add(ref at, 2 * next), y + Unsafe.Add(ref at, 3 * next)) * Unsafe.Add(ref at, 5 * next);
                inner += Bt601.FromRgb(red[i], green[i], blue[i]) * Unsafe.Add(ref at, 6 * next);
                result[(2 * i) + side] = inner * m;
            }
        }
    }

    /// <summary>Bilinear, edges repeated; a place that is no number reads a pixel of the edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector4 Sample(ref Vector4 pixels, float u, float v)
    {
        float last = _patchPx - 1;
        u = float.MaxNative(float.MinNative(u, last), 0);
        v = float.MaxNative(float.MinNative(v, last), 0);
        // The last column and row are reached from the ones before them with a fraction of 1.
        int column = Math.Min(float.ConvertToIntegerNative<int>(u), _patchPx - 2);
        int row = Math.Min(float.ConvertToIntegerNative<int>(v), _patchPx - 2);
        ref Vector4 a = ref Unsafe.Add(ref pixels, (row * _patchPx) + column);
        return PatchPixels.Between(ref a, _patchPx, u - column, v - row);
    }
}
