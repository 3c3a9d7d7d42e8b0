using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Rendering;

/// <summary>
/// Lays a composed patch over an I420 picture: each pixel under the patch asks the patch (inverse mapping, bilinear) and becomes
/// pixel (1 - mask) + what the patch holds, which is already multiplied by the mask. Where the picture is coarser than the patch,
/// a halved patch is asked. One instance, one thread; allocates nothing after construction.
/// </summary>
internal sealed class PatchBlender
{
    /// <summary>Patch pixels per picture pixel from which the halved patch is asked.</summary>
    private const double HalveFromStep = 1.5;

    private readonly int _size;
    private readonly Vector4[][] _levels;

    /// <summary>Prepares for patches of a size.</summary>
    public PatchBlender(int sizePx)
    {
        _size = sizePx;
        _levels = new Vector4[3][];
        for (int level = 0; level < _levels.Length; level++)
            _levels[level] = new Vector4[(sizePx >> level) * (sizePx >> level)];
    }

    /// <summary>The patch to blend, [size, size]; <see cref="PatchComposer"/> writes it.</summary>
    public Span<Vector4> Patch => _levels[0];

    /// <summary>Blends <see cref="Patch"/> into a picture.</summary>
    /// <param name="transform">Where the patch lies; parts outside the picture are left out.</param>
    /// <param name="target">Is changed under the patch only.</param>
    public void Blend(PatchTransform transform, I420View target)
    {
        // Level 0 maps picture (x, y) to patch pixel (u, v) = (a x + b y + u0, a y - b x + v0).
        double n = (transform.A * transform.A) + (transform.B * transform.B);
        if (!(n > 1e-6) || !double.IsFinite(n + transform.Tx + transform.Ty))
            return;
        double k = _size / (double)CanonicalPatch.SizePx;
        double a = transform.A / n * k;
        double b = transform.B / n * k;
        double offset = (0.5 * k) - 0.5;
        double u0 = offset - (a * transform.Tx) - (b * transform.Ty);
        double v0 = offset + (b * transform.Tx) - (a * transform.Ty);
        double step = k / Math.Sqrt(n);
        int lumaLevel = LevelFor(step);
        int chromaLevel = LevelFor(2 * step);
        for (int level = 1; level <= chromaLevel; level++)
            PatchComposer.Halve(_levels[level - 1], _size >> (level - 1), _levels[level]);

        var luma = new Mapping(a, b, u0, v0, _size, lumaLevel);
        // A chroma sample (x, y) stands in the middle of its 2x2 pixels, at (2 x + 0.5, 2 y + 0.5).
        var chroma = new Mapping(2 * a, 2 * b, u0 + (0.5 * (a + b)), v0 + (0.5 * (a - b)), _size, chromaLevel);
        (int top, int bottom) = Rows(transform, target.Height);
        for (int y = top; y < bottom; y++)
            BlendLuma(luma, y, target.Y.Slice(y * target.YStride, target.Width));
        for (int y = top / 2; y < (bottom + 1) / 2; y++)
        {
            int row = y * target.ChromaStride;
            BlendChroma(chroma, y, target.U.Slice(row, target.Width / 2), target.V.Slice(row, target.Width / 2));
        }
    }

    private int LevelFor(double step)
    {
        int level = 0;
        for (; step > HalveFromStep && level < _levels.Length - 1; step /= 2)
            level++;
        return level;
    }

    private static (int Top, int Bottom) Rows(PatchTransform transform, int height)
    {
        const float Last = CanonicalPatch.SizePx - 0.5f;
        float y0 = transform.ToPicture(new Vector2(-0.5f, -0.5f)).Y;
        float y1 = transform.ToPicture(new Vector2(Last, -0.5f)).Y;
        float y2 = transform.ToPicture(new Vector2(-0.5f, Last)).Y;
        float y3 = transform.ToPicture(new Vector2(Last, Last)).Y;
        float low = Math.Min(Math.Min(y0, y1), Math.Min(y2, y3));
        float high = Math.Max(Math.Max(y0, y1), Math.Max(y2, y3));
        return ((int)Math.Clamp(low, 0, height) & ~1, (int)Math.Clamp(high + 1, 0, height));
    }

    private void BlendLuma(in Mapping map, int y, Span<byte> row)
    {
        (int from, int end) = map.Columns(y, row.Length);
        ref Vector4 pixels = ref MemoryMarshal.GetArrayDataReference(_levels[map.Level]);
        float u = map.U(from, y);
        float v = map.V(from, y);
        for (int x = from; x < end; x++, u += map.StepU, v += map.StepV)
        {
            Vector4 sample = Sample(ref pixels, map.Size, u, v);
            row[x] = (byte)((row[x] * (1 - sample.W)) + sample.X + 0.5f);
        }
    }

    private void BlendChroma(in Mapping map, int y, Span<byte> rowU, Span<byte> rowV)
    {
        (int from, int end) = map.Columns(y, rowU.Length);
        ref Vector4 pixels = ref MemoryMarshal.GetArrayDataReference(_levels[map.Level]);
        float u = map.U(from, y);
        float v = map.V(from, y);
        for (int x = from; x < end; x++, u += map.StepU, v += map.StepV)
        {
            Vector4 sample = Sample(ref pixels, map.Size, u, v);
            float keep = 1 - sample.W;
            rowU[x] = (byte)((rowU[x] * keep) + sample.Y + 0.5f);
            rowV[x] = (byte)((rowV[x] * keep) + sample.Z + 0.5f);
        }
    }

    /// <summary>Bilinear; the mapping's columns keep (u, v) inside, and rounding on the way along a row is cut off here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector4 Sample(ref Vector4 pixels, int size, float u, float v)
    {
        int column = Math.Clamp((int)u, 0, size - 2);
        int row = Math.Clamp((int)v, 0, size - 2);
        ref Vector4 a = ref Unsafe.Add(ref pixels, (row * size) + column);
        ref Vector4 b = ref Unsafe.Add(ref a, size);
        float fu = u - column;
        Vector4 top = a + ((Unsafe.Add(ref a, 1) - a) * fu);
        Vector4 bottom = b + ((Unsafe.Add(ref b, 1) - b) * fu);
        return top + ((bottom - top) * (v - row));
    }

    /// <summary>From pixels of a plane to pixels of one level of the patch.</summary>
    private readonly struct Mapping
    {
        private readonly double _a;
        private readonly double _b;
        private readonly double _u0;
        private readonly double _v0;

        public Mapping(double a, double b, double u0, double v0, int size, int level)
        {
            // u_level = (u + 0.5) / 2^level - 0.5.
            double part = 1.0 / (1 << level);
            _a = a * part;
            _b = b * part;
            _u0 = ((u0 + 0.5) * part) - 0.5;
            _v0 = ((v0 + 0.5) * part) - 0.5;
            Level = level;
            Size = size >> level;
        }

        public int Level { get; }

        public int Size { get; }

        public float StepU => (float)_a;

        public float StepV => (float)-_b;

        public float U(int x, int y) => (float)((_a * x) + (_b * y) + _u0);

        public float V(int x, int y) => (float)((_a * y) - (_b * x) + _v0);

        /// <summary>The columns of a row whose places lie inside the patch, as first and end.</summary>
        public (int From, int End) Columns(int y, int width)
        {
            double from = 0;
            double end = width - 1;
            Cut(_a, (_b * y) + _u0, ref from, ref end);
            Cut(-_b, (_a * y) + _v0, ref from, ref end);
            return from > end ? (0, 0) : ((int)Math.Ceiling(from), (int)Math.Floor(end) + 1);
        }

        /// <summary>Narrows from ... end to where 0 &lt;= slope x + start &lt;= Size - 1.</summary>
        private void Cut(double slope, double start, ref double from, ref double end)
        {
            if (Math.Abs(slope) < 1e-12)
            {
                if (start < 0 || start > Size - 1)
                    end = from - 1;
                return;
            }

            double first = -start / slope;
            double last = (Size - 1 - start) / slope;
            from = Math.Max(from, Math.Min(first, last));
            end = Math.Min(end, Math.Max(first, last));
        }
    }
}
