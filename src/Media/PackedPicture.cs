using System.Numerics;
using System.Runtime.InteropServices;

namespace Avatar2D.Media;

/// <summary>
/// Between packed 32-bit RGB and I420, BT.601 limited range, 8-bit fixed point. Chroma is the mean of 2x2 pixels. Alpha is ignored
/// on the way in and 255 on the way out. Nothing is allocated.
/// </summary>
public static class PackedPicture
{
    /// <summary>Converts packed pixels to I420.</summary>
    /// <param name="pixels">At least strideBytes x (height - 1) + 4 x width bytes.</param>
    /// <param name="strideBytes">Bytes from one row to the next.</param>
    /// <param name="order">Byte order of a pixel.</param>
    /// <param name="target">Gives width and height.</param>
    /// <exception cref="ArgumentException">The pixels are too few for the target, or the stride is shorter than a row.</exception>
    public static void ToI420(ReadOnlySpan<byte> pixels, int strideBytes, PackedOrder order, I420View target)
    {
        RequireRoom(pixels.Length, strideBytes, target);
        (int redShift, int blueShift) = order == PackedOrder.Bgra ? (16, 0) : (0, 16);
        for (int y = 0; y < target.Height; y += 2)
        {
            ReadOnlySpan<uint> top = MemoryMarshal.Cast<byte, uint>(pixels.Slice(y * strideBytes, target.Width * 4));
            ReadOnlySpan<uint> bottom = MemoryMarshal.Cast<byte, uint>(pixels.Slice((y + 1) * strideBytes, target.Width * 4));
            LumaRow(top, redShift, blueShift, target.Y.Slice(y * target.YStride, target.Width));
            LumaRow(bottom, redShift, blueShift, target.Y.Slice((y + 1) * target.YStride, target.Width));
            int chroma = y / 2 * target.ChromaStride;
            ChromaRow(top, bottom, redShift, blueShift,
                target.U.Slice(chroma, target.Width / 2), target.V.Slice(chroma, target.Width / 2));
        }
    }

    /// <summary>Converts I420 to packed pixels; chroma is repeated over its 2x2 pixels.</summary>
    /// <param name="source">Gives width and height.</param>
    /// <param name="pixels">At least strideBytes x (height - 1) + 4 x width bytes.</param>
    /// <param name="strideBytes">Bytes from one row to the next.</param>
    /// <param name="order">Byte order of a pixel.</param>
    /// <exception cref="ArgumentException">There is no room for the picture, or the stride is shorter than a row.</exception>
    public static void FromI420(I420View source, Span<byte> pixels, int strideBytes, PackedOrder order)
    {
        RequireRoom(pixels.Length, strideBytes, source);
        int red = order == PackedOrder.Bgra ? 2 : 0;
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> luma = source.Y.Slice(y * source.YStride, source.Width);
            ReadOnlySpan<byte> cb = source.U.Slice(y / 2 * source.ChromaStride, source.Width / 2);
            ReadOnlySpan<byte> cr = source.V.Slice(y / 2 * source.ChromaStride, source.Width / 2);
            Span<byte> row = pixels.Slice(y * strideBytes, source.Width * 4);
            for (int x = 0; x < luma.Length; x++)
            {
                int c = (298 * (luma[x] - 16)) + 128;
                int d = cb[x / 2] - 128;
                int e = cr[x / 2] - 128;
                Span<byte> pixel = row.Slice(x * 4, 4);
                pixel[red] = Byte((c + (409 * e)) >> 8);
                pixel[1] = Byte((c - (100 * d) - (208 * e)) >> 8);
                pixel[2 - red] = Byte((c + (516 * d)) >> 8);
                pixel[3] = 255;
            }
        }
    }

    private static byte Byte(int value) => (byte)Math.Clamp(value, 0, 255);

    private static void LumaRow(ReadOnlySpan<uint> row, int redShift, int blueShift, Span<byte> luma)
    {
        int lanes = Vector<uint>.Count;
        int x = 0;
        Vector<uint> mask = new(255);
        for (; x + (4 * lanes) <= row.Length; x += 4 * lanes)
        {
            Vector<ushort> low = Vector.Narrow(Luma(row[x..], mask, redShift, blueShift), Luma(row[(x + lanes)..], mask, redShift, blueShift));
            Vector<ushort> high = Vector.Narrow(
                Luma(row[(x + (2 * lanes))..], mask, redShift, blueShift), Luma(row[(x + (3 * lanes))..], mask, redShift, blueShift));
            Vector.Narrow(low, high).CopyTo(luma[x..]);
        }

        for (; x < row.Length; x++)
            luma[x] = (byte)(((((row[x] >> redShift) & 255) * 66) + (((row[x] >> 8) & 255) * 129) + (((row[x] >> blueShift) & 255) * 25) + 4224) >> 8);
    }

    /// <summary>16 + (66 R + 129 G + 25 B + 128) / 256; 4224 = 16 x 256 + 128.</summary>
    private static Vector<uint> Luma(ReadOnlySpan<uint> at, Vector<uint> mask, int redShift, int blueShift)
    {
        Vector<uint> pixel = new(at);
        Vector<uint> red = (pixel >>> redShift) & mask;
        Vector<uint> green = (pixel >>> 8) & mask;
        Vector<uint> blue = (pixel >>> blueShift) & mask;
        return ((red * new Vector<uint>(66)) + (green * new Vector<uint>(129)) + (blue * new Vector<uint>(25)) + new Vector<uint>(4224)) >>> 8;
    }

    /// <summary>Red and blue of four pixels are summed in one word (10 bits each, 16 apart), green in another.</summary>
    private static void ChromaRow(ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom, int redShift, int blueShift, Span<byte> u, Span<byte> v)
    {
        const uint Outer = 0x00FF00FF;
        for (int x = 0; x < u.Length; x++)
        {
            uint a = top[2 * x];
            uint b = top[(2 * x) + 1];
            uint c = bottom[2 * x];
            uint d = bottom[(2 * x) + 1];
            uint outer = (a & Outer) + (b & Outer) + (c & Outer) + (d & Outer);
            int green = (int)(((a >> 8) & 255) + ((b >> 8) & 255) + ((c >> 8) & 255) + ((d >> 8) & 255));
            int red = (int)((outer >> redShift) & 0x3FF);
            int blue = (int)((outer >> blueShift) & 0x3FF);
            // Sums of four: divide by 4 x 256; 131584 = 128 x 1024 + 512.
            u[x] = (byte)(((112 * blue) - (38 * red) - (74 * green) + 131584) >> 10);
            v[x] = (byte)(((112 * red) - (94 * green) - (18 * blue) + 131584) >> 10);
        }
    }

    private static void RequireRoom(int length, int strideBytes, I420View picture)
    {
        if (strideBytes < picture.Width * 4)
            throw new ArgumentException("The stride is shorter than a row of pixels.", nameof(strideBytes));
        if (length < ((long)strideBytes * (picture.Height - 1)) + (picture.Width * 4))
            throw new ArgumentException($"Too few bytes for {picture.Width}x{picture.Height} pixels.");
    }
}
