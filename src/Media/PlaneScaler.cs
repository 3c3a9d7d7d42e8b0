using System.Numerics;
using System.Runtime.InteropServices;

namespace Avatar2D.Media;

/// <summary>Scales one 8-bit plane: vertically into one row of 8.8 fixed point (vectors), then horizontally into bytes.</summary>
internal sealed class PlaneScaler
{
    /// <summary>Vertical weights sum to this, so that a sum of bytes fits 16 bits: 255 x 256 = 65280.</summary>
    private const int VerticalUnit = 256;

    /// <summary>Horizontal weights sum to this: 65280 x 16384 fits 31 bits.</summary>
    private const int HorizontalUnit = 1 << 14;

    private readonly int _sourceWidth;
    private readonly int _targetWidth;
    private readonly int _targetHeight;
    private readonly ScaleWeights _across;
    private readonly ScaleWeights _down;
    private readonly ushort[] _row;
    private readonly bool _sameWidth;

    public PlaneScaler(int sourceWidth, int sourceHeight, int targetWidth, int targetHeight)
    {
        _sourceWidth = sourceWidth;
        _targetWidth = targetWidth;
        _targetHeight = targetHeight;
        _sameWidth = sourceWidth == targetWidth;
        _across = new ScaleWeights(sourceWidth, targetWidth, HorizontalUnit);
        _down = new ScaleWeights(sourceHeight, targetHeight, VerticalUnit);
        _row = new ushort[sourceWidth];
    }

    public void Scale(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride)
    {
        for (int y = 0; y < _targetHeight; y++)
        {
            Array.Clear(_row);
            for (int t = 0; t < _down.Taps; t++)
            {
                int weight = _down.Weights[(y * _down.Taps) + t];
                if (weight != 0)
                    AddRow(source.Slice((_down.First[y] + t) * sourceStride, _sourceWidth), (ushort)weight, _row);
            }

            Span<byte> line = target.Slice(y * targetStride, _targetWidth);
            if (_sameWidth)
                Narrow(_row, line);
            else
                Across(line);
        }
    }

    private static void AddRow(ReadOnlySpan<byte> source, ushort weight, Span<ushort> sums)
    {
        int lanes = Vector<byte>.Count;
        int i = 0;
        Vector<ushort> factor = new(weight);
        for (; i + lanes <= source.Length; i += lanes)
        {
            Vector.Widen(new Vector<byte>(source[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Span<Vector<ushort>> at = MemoryMarshal.Cast<ushort, Vector<ushort>>(sums.Slice(i, lanes));
            at[0] += low * factor;
            at[1] += high * factor;
        }

        for (; i < source.Length; i++)
            sums[i] += (ushort)(source[i] * weight);
    }

    private static void Narrow(ReadOnlySpan<ushort> sums, Span<byte> line)
    {
        for (int i = 0; i < line.Length; i++)
            line[i] = (byte)Math.Min(255, (sums[i] + 128) >> 8);
    }

    private void Across(Span<byte> line)
    {
        int taps = _across.Taps;
        ReadOnlySpan<int> weights = _across.Weights;
        ReadOnlySpan<int> first = _across.First;
        ReadOnlySpan<ushort> row = _row;
        for (int x = 0; x < line.Length; x++)
        {
            ReadOnlySpan<ushort> from = row.Slice(first[x], taps);
            ReadOnlySpan<int> factors = weights.Slice(x * taps, taps);
            int sum = 1 << 21;
            for (int t = 0; t < from.Length && t < factors.Length; t++)
                sum += from[t] * factors[t];
            line[x] = (byte)(sum >> 22);
        }
    }
}
