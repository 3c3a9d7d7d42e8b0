using System.Numerics;
using System.Runtime.CompilerServices;

namespace Avatar2D.AvatarEngine.Rendering;

/// <summary>Pixels of four numbers, row by row.</summary>
internal static class PatchPixels
{
    /// <summary>Bilinear between four neighbours.</summary>
    /// <param name="first">The upper left one.</param>
    /// <param name="stride">Pixels from one row to the next.</param>
    /// <param name="across">Part of the way to the right, 0 ... 1.</param>
    /// <param name="down">Part of the way down, 0 ... 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector4 Between(ref Vector4 first, int stride, float across, float down)
    {
        ref Vector4 below = ref Unsafe.Add(ref first, stride);
        Vector4 top = Mix(first, Unsafe.Add(ref first, 1), across);
        Vector4 bottom = Mix(below, Unsafe.Add(ref below, 1), across);
        return Mix(top, bottom, down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector4 Mix(Vector4 from, Vector4 to, float part) => Vector4.MultiplyAddEstimate(to - from, new Vector4(part), from);
}
