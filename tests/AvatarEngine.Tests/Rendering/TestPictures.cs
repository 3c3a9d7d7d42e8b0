using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Rendering;

/// <summary>Pictures made of formulas.</summary>
internal static class TestPictures
{
    /// <summary>Smooth waves in all planes.</summary>
    public static I420Frame Waves(int width, int height)
    {
        var frame = new I420Frame(width, height);
        I420View view = frame.View;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                view.Y[(y * view.YStride) + x] = (byte)Math.Round(125 + (50 * Math.Sin(x / 9.0)) + (30 * Math.Cos(y / 8.0)));
        }

        for (int y = 0; y < height / 2; y++)
        {
            for (int x = 0; x < width / 2; x++)
            {
                view.U[(y * view.ChromaStride) + x] = (byte)Math.Round(120 + (8 * Math.Sin(x / 9.0)));
                view.V[(y * view.ChromaStride) + x] = (byte)Math.Round(140 + (8 * Math.Cos(y / 11.0)));
            }
        }

        return frame;
    }

    /// <summary>One colour.</summary>
    public static I420Frame Flat(int width, int height, byte luma, byte cb = 128, byte cr = 128)
    {
        var frame = new I420Frame(width, height);
        I420View view = frame.View;
        view.Y.Fill(luma);
        view.U.Fill(cb);
        view.V.Fill(cr);
        return frame;
    }

    /// <summary>The largest difference of two planes within columns and rows (first, end).</summary>
    public static int Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int most = 0;
        for (int i = 0; i < a.Length; i++)
            most = Math.Max(most, Math.Abs(a[i] - b[i]));
        return most;
    }

    /// <summary>Upright at a scale, its first pixel at a place.</summary>
    public static PatchTransform At(double scale, double x, double y) => new(scale, 0, x, y);
}
