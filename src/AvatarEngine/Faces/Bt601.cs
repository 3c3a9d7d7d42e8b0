using System.Numerics;
using System.Runtime.CompilerServices;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>BT.601 between limited-range Y, Cb, Cr (0 ... 255) and RGB (0 ... 1), in floating point.</summary>
internal static class Bt601
{
    // Y: 16 + 219 (0.299 R + 0.587 G + 0.114 B); Cb: 128 + 224 (B - Y') / 1.772; Cr: 128 + 224 (R - Y') / 1.402; the fourth is 1.
    private static readonly Vector4 Red = new(219 * 0.299f, -224 * 0.299f / 1.772f, 224 * 0.701f / 1.402f, 0);
    private static readonly Vector4 Green = new(219 * 0.587f, -224 * 0.587f / 1.772f, -224 * 0.587f / 1.402f, 0);
    private static readonly Vector4 Blue = new(219 * 0.114f, 224 * 0.886f / 1.772f, -224 * 0.114f / 1.402f, 0);
    private static readonly Vector4 Black = new(16, 128, 128, 1);

    /// <summary>(Y, Cb, Cr, 1) of a colour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector4 FromRgb(float red, float green, float blue) => Black + (Red * red) + (Green * green) + (Blue * blue);

    /// <summary>(R, G, B), cut to 0 ... 1.</summary>
    public static Vector3 ToRgb(float y, float cb, float cr)
    {
        float luma = (y - 16) / 219;
        float blue = (cb - 128) / 224;
        float red = (cr - 128) / 224;
        return Vector3.Clamp(
            new Vector3(luma + (1.402f * red), luma - (1.772f * 0.114f / 0.587f * blue) - (1.402f * 0.299f / 0.587f * red), luma + (1.772f * blue)),
            Vector3.Zero, Vector3.One);
    }
}
