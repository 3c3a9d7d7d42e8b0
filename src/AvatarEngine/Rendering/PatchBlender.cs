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

    /// <summary>Empty pixels around the window: one of them is left on the coarsest level, so that the mask ends in nothing on all.</summary>
    private const int Border = 4;

    private readonly int _patchPx;
    private readonly PatchWindow _area;
    private readonly Vector4[][] _levels;

    /// <summary>Prepares for a model.</summary>
    /// <param name="patchPx">Side of the whole patch.</param>
    /// <param name="window">The part of it that is blended.</param>
    public PatchBlender(int patchPx, PatchWindow window)
    {
        _patchPx = patchPx;
        _area = new PatchWindow(window.Left - Border, window.Top - Border, window.Side + (2 * Border));
        _levels = new Vector4[3][];
        for (int level = 0; level < _levels.Length; level++)
            _levels[level] = new Vector4[(_area.Side >> level) * (_area.Side >> level)];
    }

    /// <summary>From one row of <see cref="Patch"/> to the next.</summary>
    public int Stride => _area.Side;

    /// <summary>The window to blend, in rows of <see cref="Stride"/>; <see cref="PatchComposer"/> writes it.</summary>
    public Span<Vector4> Patch => _levels[0].AsSpan((Border * Stride) + Border);

    /// <summary>Blends <see cref="Patch"/> into a picture.</summary>
    /// <param name="transform">Where the patch lies; parts outside the picture are left out.</param>
    /// <param name="target">Is changed under the patch only.</param>
    public void Blend(PatchTransform transform, I420View target)
    {
        // Level 0 maps picture (x, y) to the window's pixel (u, v) = (a x + b y + u0, a y - b x + v0).
        double n = (transform.A * transform.A) + (transform.B * transform.B);
        if (!(n > 1e-6) || !double.IsFinite(n + transform.Tx + transform.Ty))
            return;
        double k = _patchPx / (double)CanonicalPatch.SizePx;
        double a = transform.A / n * k;
        double b = transform.B / n * k;
        double offset = (0.5 * k) - 0.5;
        double u0 = offset - (a * transform.Tx) - (b * transform.Ty) - _area.Left;
        double v0 = offset + (b * transform.Tx) - (a * transform.Ty) - _area.Top;
        double step = k / Math.Sqrt(n);
        int lumaLevel = LevelFor(step);
        int chromaLevel = LevelFor(2 * step);
        for (int level = 1; level <= chromaLevel; level++)
            PatchComposer.Halve(_levels[level - 1], _area.Side >> (level - 1), _levels[level]);

        var luma = new Mapping(a, b, u0, v0, _area.Side, lumaLevel);
        // A chroma sample (x, y) stands in the middle of its 2x2 pixels, at (2 x + 0.5, 2 y + 0.5).
        var chroma = new Mapping(2 * a, 2 * b, u0 + (0.5 * (a + b)), v0 + (0.5 * (a - b)), _area.Side, chromaLevel);
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

    /// <summary>The rows between which the window lies, its corners' own ones included.</summary>
    private (int Top, int Bottom) Rows(PatchTransform transform, int height)
    {
        float canonical = CanonicalPatch.SizePx / (float)_patchPx;
        float left = (_area.Left * canonical) - 0.5f;
        float top = (_area.Top * canonical) - 0.5f;
        float right = left + (_area.Side * canonical);
        float bottom = top + (_area.Side * canonical);
        float y0 = transform.ToPicture(new Vector2(left, top)).Y;
        float y1 = transform.ToPicture(new Vector2(right, top)).Y;
        float y2 = transform.ToPicture(new Vector2(left, bottom)).Y;
        float y3 = transform.ToPicture(new Vector2(right, bottom)).Y;
        float low = Math.Min(Math.Min(y0, y1), Math.Min(y2, y3));
        float high = Math.Max(Math.Max(y0, y1), Math.Max(y2, y3));
        return ((int)Math.Clamp(low, 0, height) & ~1, (int)Math.Clamp(high + 1, 0, height));
    }

    private void BlendLuma(in Mapping map, int y, Span<byte> row)
    {
        Run run = map.Along(y, row.Length);
        ref Vector4 pixels = ref MemoryMarshal.GetArrayDataReference(_levels[map.Level]);
        for (int x = run.From; x < run.End; x++)
        {
            Vector4 sample = run.Next(ref pixels);
            row[x] = Level((row[x] * (1 - sample.W)) + sample.X);
        }
    }

    private void BlendChroma(in Mapping map, int y, Span<byte> rowU, Span<byte> rowV)
    {
        Run run = map.Along(y, rowU.Length);
        ref Vector4 pixels = ref MemoryMarshal.GetArrayDataReference(_levels[map.Level]);
        for (int x = run.From; x < run.End; x++)
        {
            Vector4 sample = run.Next(ref pixels);
            float keep = 1 - sample.W;
            rowU[x] = Level((rowU[x] * keep) + sample.Y);
            rowV[x] = Level((rowV[x] * keep) + sample.Z);
        }
    }

    /// <summary>Rounded; what is mixed of bytes is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Level(float value) => (byte)float.ConvertToIntegerNative<int>(value + 0.5f);

    /// <summary>The places of a row's pixels in a level of the patch, one after the other, in 1/65536 pixel.</summary>
    private struct Run(int from, int end, int size, int u, int v, int stepU, int stepV)
    {
        public const int One = 1 << 16;
        private int _u = u;
        private int _v = v;

        /// <summary>First column inside.</summary>
        public int From { get; } = from;

        /// <summary>The column after the last one inside.</summary>
        public int End { get; } = end;

        /// <summary>What the patch holds at the next place, bilinear; the places from first to last lie inside.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector4 Next(ref Vector4 pixels)
        {
            ref Vector4 at = ref Unsafe.Add(ref pixels, ((_v >> 16) * size) + (_u >> 16));
            Vector4 sample = PatchPixels.Between(ref at, size, (_u & (One - 1)) * (1f / One), (_v & (One - 1)) * (1f / One));
            _u += stepU;
            _v += stepV;
            return sample;
        }
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

        /// <summary>The columns of a row whose places have four neighbours in the patch, and where they lie.</summary>
        public Run Along(int y, int width)
        {
            double first = 0;
            double last = width - 1;
            Cut(_a, (_b * y) + _u0, ref first, ref last);
            Cut(-_b, (_a * y) + _v0, ref first, ref last);
            if (first > last)
                return default;
            int from = (int)Math.Ceiling(first);
            return new Run(
                from, (int)Math.Floor(last) + 1, Size,
                Places((_a * from) + (_b * y) + _u0), Places((_a * y) - (_b * from) + _v0), Places(_a), Places(-_b));
        }

        private static int Places(double pixels) => (int)Math.Round(pixels * Run.One);

        /// <summary>
        /// Narrows from ... end to where 0 &lt;= slope x + start &lt; Size - 1, with a margin for what the steps' rounding adds up to along a
        /// row of 4,096 pixels.
        /// </summary>
        private void Cut(double slope, double start, ref double from, ref double end)
        {
            const double Margin = 1.0 / 31;
            double least = Margin - start;
            double most = Size - 1 - Margin - start;
            if (Math.Abs(slope) < 1e-12)
            {
                if (least > 0 || most < 0)
                    end = from - 1;
                return;
            }

            double first = least / slope;
            double last = most / slope;
            from = Math.Max(from, Math.Min(first, last));
            end = Math.Min(end, Math.Max(first, last));
        }
    }
}
