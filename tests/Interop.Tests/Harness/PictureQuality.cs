using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Media;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>How like two pictures are: peak signal-to-noise ratio over all samples of Y, U and V, in dB.</summary>
internal static class PictureQuality
{
    /// <summary>PSNR of two pictures of one size; 99 for equal ones.</summary>
    public static double Psnr(I420View a, I420View b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        double squares = Squares(a.Y, a.YStride, b.Y, b.YStride, a.Width, a.Height)
            + Squares(a.U, a.ChromaStride, b.U, b.ChromaStride, a.Width / 2, a.Height / 2)
            + Squares(a.V, a.ChromaStride, b.V, b.ChromaStride, a.Width / 2, a.Height / 2);
        double mean = squares / (a.Width * a.Height * 1.5);
        return mean == 0 ? 99 : Math.Min(99, 10 * Math.Log10(255.0 * 255.0 / mean));
    }

    /// <summary>PSNR of the luma of two pictures of one size; 99 for equal ones.</summary>
    public static double LumaPsnr(I420View a, I420View b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        double mean = Squares(a.Y, a.YStride, b.Y, b.YStride, a.Width, a.Height) / ((double)a.Width * a.Height);
        return mean == 0 ? 99 : Math.Min(99, 10 * Math.Log10(255.0 * 255.0 / mean));
    }

    /// <summary>The best PSNR of a picture against all pictures of a loop.</summary>
    public static double BestPsnr(I420View picture, Stage loop)
    {
        double best = 0;
        for (int i = 0; i < loop.FrameCount; i++)
            best = Math.Max(best, Psnr(picture, loop.FrameAt(i / loop.FramesPerSecond).View));
        return best;
    }

    private static long Squares(ReadOnlySpan<byte> a, int aStride, ReadOnlySpan<byte> b, int bStride, int width, int height)
    {
        long sum = 0;
        for (int row = 0; row < height; row++)
        {
            ReadOnlySpan<byte> x = a.Slice(row * aStride, width);
            ReadOnlySpan<byte> y = b.Slice(row * bStride, width);
            for (int i = 0; i < width; i++)
                sum += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return sum;
    }
}
