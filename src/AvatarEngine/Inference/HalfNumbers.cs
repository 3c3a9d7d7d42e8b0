using System.Numerics;
using System.Runtime.InteropServices;

namespace Avatar2D.AvatarEngine.Inference;

/// <summary>Between half and single precision, vectors at a time. Finite numbers only; beyond +-65504 they saturate.</summary>
internal static class HalfNumbers
{
    private const float Largest = 65504;

    // Half keeps 10 bits of fraction, single 23; the exponents' biases are 15 and 127.
    private const int FractionShift = 23 - 10;
    private static readonly float Up = MathF.ScaleB(1, 127 - 15);
    private static readonly float Down = MathF.ScaleB(1, 15 - 127);

    /// <summary>Half to single, exactly.</summary>
    /// <param name="from">Finite.</param>
    /// <param name="to">At least as long.</param>
    public static void Widen(ReadOnlySpan<Half> from, Span<float> to)
    {
        ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<Half, ushort>(from);
        int lanes = Vector<float>.Count;
        int i = 0;
        for (; i + (2 * lanes) <= bits.Length; i += 2 * lanes)
        {
            Vector.Widen(new Vector<ushort>(bits[i..]), out Vector<uint> low, out Vector<uint> high);
            Widen(low).CopyTo(to[i..]);
            Widen(high).CopyTo(to[(i + lanes)..]);
        }

        for (; i < bits.Length; i++)
            to[i] = (float)from[i];
    }

    /// <summary>Single to half, to the nearest.</summary>
    /// <param name="from">No NaN.</param>
    /// <param name="to">At least as long.</param>
    public static void Narrow(ReadOnlySpan<float> from, Span<Half> to)
    {
        Span<ushort> bits = MemoryMarshal.Cast<Half, ushort>(to);
        int lanes = Vector<float>.Count;
        int i = 0;
        for (; i + (2 * lanes) <= from.Length; i += 2 * lanes)
            Vector.Narrow(Narrow(new Vector<float>(from[i..])), Narrow(new Vector<float>(from[(i + lanes)..]))).CopyTo(bits[i..]);
        for (; i < from.Length; i++)
            to[i] = (Half)Math.Clamp(from[i], -Largest, Largest);
    }

    private static Vector<float> Widen(Vector<uint> half)
    {
        Vector<uint> magnitude = (half & new Vector<uint>(0x7FFF)) << FractionShift;
        Vector<uint> sign = (half & new Vector<uint>(0x8000)) << 16;
        return Vector.AsVectorSingle(Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude) * new Vector<float>(Up)) | sign);
    }

    private static Vector<uint> Narrow(Vector<float> single)
    {
        Vector<uint> sign = (Vector.AsVectorUInt32(single) >>> 16) & new Vector<uint>(0x8000);
        Vector<float> magnitude = Vector.Min(Vector.Abs(single), new Vector<float>(Largest)) * new Vector<float>(Down);
        // Half a unit of the last place is added, then the rest of the fraction is cut.
        return ((Vector.AsVectorUInt32(magnitude) + new Vector<uint>(1u << (FractionShift - 1))) >>> FractionShift) | sign;
    }
}
