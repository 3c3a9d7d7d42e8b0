using Avatar2D.Media;

namespace Avatar2D.Codecs.Tests;

/// <summary>Synthetic pictures: smooth shapes that move with the picture number, and the measure of likeness.</summary>
internal static class TestPictures
{
    public static I420Frame Moving(int width, int height, int number)
    {
        I420Frame frame = new(width, height);
        Draw(frame, number);
        return frame;
    }

    public static void Draw(I420Frame frame, int number)
    {
        I420View view = frame.View;
        double[] across = new double[view.Width];
        for (int x = 0; x < view.Width; x++)
            across[x] = Math.Sin((x + (number * 2)) * 0.06);
        for (int y = 0; y < view.Height; y++)
        {
            double down = Math.Sin(((y * 1.3) - number) * 0.05);
            Span<byte> row = view.Y.Slice(y * view.YStride, view.Width);
            for (int x = 0; x < row.Length; x++)
                row[x] = (byte)(126 + (45 * (across[x] + down)));
        }

        for (int y = 0; y < view.Height / 2; y++)
        {
            Span<byte> cb = view.U.Slice(y * view.ChromaStride, view.Width / 2);
            for (int x = 0; x < cb.Length; x++)
                cb[x] = (byte)(128 + (40 * across[x]));
            view.V.Slice(y * view.ChromaStride, view.Width / 2).Fill((byte)(128 + (40 * Math.Cos((y - number) * 0.05))));
        }
    }

    /// <summary>Busy content that costs bits.</summary>
    public static void DrawNoise(I420Frame frame, Random random)
    {
        random.NextBytes(frame.Pixels);
        foreach (ref byte pixel in frame.Pixels)
            pixel = (byte)(96 + (pixel >> 2));
    }

    public static double LumaPsnr(I420View a, I420View b) => Psnr(a.Y, a.YStride, b.Y, b.YStride, a.Width, a.Height);

    public static double ChromaPsnr(I420View a, I420View b) => Math.Min(
        Psnr(a.U, a.ChromaStride, b.U, b.ChromaStride, a.Width / 2, a.Height / 2),
        Psnr(a.V, a.ChromaStride, b.V, b.ChromaStride, a.Width / 2, a.Height / 2));

    private static double Psnr(ReadOnlySpan<byte> a, int aStride, ReadOnlySpan<byte> b, int bStride, int width, int height)
    {
        double sum = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double difference = a[(y * aStride) + x] - b[(y * bStride) + x];
                sum += difference * difference;
            }
        }

        return sum == 0 ? 100 : 10 * Math.Log10(255.0 * 255.0 * width * height / sum);
    }
}
