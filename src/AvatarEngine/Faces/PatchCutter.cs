using System.Numerics;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// Cuts canonical patches out of pictures as training's alignment.cut does: bilinear; where the picture is finer than 1.5
/// pixels per patch pixel it is blurred first (Gaussian, sigma 0.4 x ratio). Keeps its work memory; one instance, one thread.
/// </summary>
internal sealed class PatchCutter
{
    private const double BlurFromRatio = 1.5;
    private const double SigmaPerRatio = 0.4;

    private float[] _box = [];
    private float[] _spare = [];
    private float[] _window = [];

    /// <summary>Cuts one patch.</summary>
    /// <param name="picture">Any size.</param>
    /// <param name="transform">Where the patch lies.</param>
    /// <param name="sizePx">Side of the patch.</param>
    /// <param name="rgb">[3, size, size], 0 ... 1.</param>
    public void Cut(I420View picture, PatchTransform transform, int sizePx, Span<float> rgb)
    {
        var window = new Window(sizePx, 0, 0, (double)CanonicalPatch.SizePx / sizePx);
        PictureBox box = Around(picture.Width, picture.Height, transform, window, out double sigma);
        Reserve(box);
        ReadBox(picture, box, _box, box.Width * box.Height);
        Finish(box, transform, window, sigma, rgb);
    }

    /// <summary>Cuts a square window of patch pixels out of a picture of four bytes a pixel.</summary>
    /// <param name="bgra">The picture, rows without gaps.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="transform">Where the patch lies.</param>
    /// <param name="size">Side of the window.</param>
    /// <param name="originX">Column of the patch's first pixel in the window.</param>
    /// <param name="originY">Row of the patch's first pixel in the window.</param>
    /// <param name="bgr">[size, size, 3], filled.</param>
    public void Cut(ReadOnlySpan<byte> bgra, int width, PatchTransform transform, int size, int originX, int originY, Span<byte> bgr)
    {
        var window = new Window(size, originX, originY, 1);
        PictureBox box = Around(width, bgra.Length / (4 * width), transform, window, out double sigma);
        Reserve(box);
        int area = box.Width * box.Height;
        for (int i = 0; i < area; i++)
        {
            int at = 4 * (((box.Top + (i / box.Width)) * width) + box.Left + (i % box.Width));
            for (int plane = 0; plane < 3; plane++)
                _box[(plane * area) + i] = bgra[at + plane];
        }

        int pixels = size * size;
        if (_window.Length < 3 * pixels)
            _window = new float[3 * pixels];
        Finish(box, transform, window, sigma, _window);
        for (int i = 0; i < pixels; i++)
        {
            for (int plane = 0; plane < 3; plane++)
                bgr[(3 * i) + plane] = (byte)(_window[(plane * pixels) + i] + 0.5f);
        }
    }

    /// <summary>The part of the picture that the window touches, with what its blur needs around it, at least one pixel.</summary>
    private static PictureBox Around(int width, int height, PatchTransform transform, Window window, out double sigma)
    {
        double ratio = transform.Scale * window.Step;
        sigma = ratio > BlurFromRatio ? SigmaPerRatio * ratio : 0;
        int margin = Radius(sigma) + 2;
        Vector2 low = new(float.MaxValue);
        Vector2 high = new(float.MinValue);
        for (int corner = 0; corner < 4; corner++)
        {
            (double u, double v) = window.At((corner & 1) == 0 ? -0.5 : window.Size - 0.5, (corner & 2) == 0 ? -0.5 : window.Size - 0.5);
            Vector2 at = transform.ToPicture(new((float)u, (float)v));
            low = Vector2.Min(low, at);
            high = Vector2.Max(high, at);
        }

        int left = Math.Clamp((int)MathF.Floor(low.X) - margin, 0, width - 1);
        int top = Math.Clamp((int)MathF.Floor(low.Y) - margin, 0, height - 1);
        int right = Math.Clamp((int)MathF.Ceiling(high.X) + margin, left, width - 1);
        int bottom = Math.Clamp((int)MathF.Ceiling(high.Y) + margin, top, height - 1);
        return new PictureBox(left, top, right - left + 1, bottom - top + 1);
    }

    private static int Radius(double sigma) => (int)Math.Ceiling(3 * sigma);

    private void Reserve(PictureBox box)
    {
        int area = box.Width * box.Height;
        if (_box.Length >= 3 * area)
            return;
        _box = new float[3 * area];
        _spare = new float[area];
    }

    private void Finish(PictureBox box, PatchTransform transform, Window window, double sigma, Span<float> planes)
    {
        int area = box.Width * box.Height;
        int pixels = window.Size * window.Size;
        for (int plane = 0; plane < 3; plane++)
        {
            Span<float> from = _box.AsSpan(plane * area, area);
            if (sigma > 0)
                Blur(from, _spare.AsSpan(0, area), box.Width, box.Height, sigma, Radius(sigma));
            Sample(from, box, transform, window, planes.Slice(plane * pixels, pixels));
        }
    }

    /// <summary>RGB planes of the box; chroma is bilinear, its samples standing in the middle of their 2x2 pixels.</summary>
    private static void ReadBox(I420View picture, PictureBox box, Span<float> planes, int area)
    {
        int lastColumn = (picture.Width / 2) - 1;
        int lastRow = (picture.Height / 2) - 1;
        int i = 0;
        for (int y = box.Top; y < box.Top + box.Height; y++)
        {
            // An even row lies a quarter of a chroma pixel above its chroma row's middle, an odd one a quarter below.
            int nearRow = (y / 2) * picture.ChromaStride;
            int farRow = Math.Clamp((y / 2) + ((y & 1) == 0 ? -1 : 1), 0, lastRow) * picture.ChromaStride;
            ReadOnlySpan<byte> luma = picture.Y[(y * picture.YStride)..];
            for (int x = box.Left; x < box.Left + box.Width; x++, i++)
            {
                int near = x / 2;
                int far = Math.Clamp(near + ((x & 1) == 0 ? -1 : 1), 0, lastColumn);
                Vector3 colour = Bt601.ToRgb(luma[x], Mix(picture.U, nearRow, farRow, near, far), Mix(picture.V, nearRow, farRow, near, far));
                planes[i] = colour.X;
                planes[area + i] = colour.Y;
                planes[(2 * area) + i] = colour.Z;
            }
        }
    }

    private static float Mix(ReadOnlySpan<byte> plane, int nearRow, int farRow, int near, int far) =>
        ((9 * plane[nearRow + near]) + (3 * (plane[nearRow + far] + plane[farRow + near])) + plane[farRow + far]) * (1f / 16);

    private static void Blur(Span<float> pixels, Span<float> spare, int width, int height, double sigma, int radius)
    {
        Span<float> kernel = stackalloc float[(2 * radius) + 1];
        float sum = 0;
        for (int k = -radius; k <= radius; k++)
            sum += kernel[k + radius] = (float)Math.Exp(-0.5 * (k / sigma) * (k / sigma));
        for (int k = 0; k < kernel.Length; k++)
            kernel[k] /= sum;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = pixels.Slice(y * width, width);
            Span<float> to = spare.Slice(y * width, width);
            for (int x = 0; x < width; x++)
            {
                float value = 0;
                for (int k = -radius; k <= radius; k++)
                    value += kernel[k + radius] * row[Math.Clamp(x + k, 0, width - 1)];
                to[x] = value;
            }
        }

        for (int y = 0; y < height; y++)
        {
            Span<float> to = pixels.Slice(y * width, width);
            to.Clear();
            for (int k = -radius; k <= radius; k++)
            {
                ReadOnlySpan<float> row = spare.Slice(Math.Clamp(y + k, 0, height - 1) * width, width);
                float weight = kernel[k + radius];
                for (int x = 0; x < width; x++)
                    to[x] += weight * row[x];
            }
        }
    }

    private static void Sample(ReadOnlySpan<float> pixels, PictureBox box, PatchTransform t, Window window, Span<float> to)
    {
        for (int row = 0; row < window.Size; row++)
        {
            for (int column = 0; column < window.Size; column++)
            {
                (double u, double v) = window.At(column, row);
                double x = Math.Clamp((t.A * u) - (t.B * v) + t.Tx - box.Left, 0, box.Width - 1);
                double y = Math.Clamp((t.B * u) + (t.A * v) + t.Ty - box.Top, 0, box.Height - 1);
                int x0 = (int)x;
                int y0 = (int)y;
                int x1 = Math.Min(x0 + 1, box.Width - 1);
                int y1 = Math.Min(y0 + 1, box.Height - 1);
                float fx = (float)(x - x0);
                float fy = (float)(y - y0);
                float top = pixels[(y0 * box.Width) + x0] + (fx * (pixels[(y0 * box.Width) + x1] - pixels[(y0 * box.Width) + x0]));
                float bottom = pixels[(y1 * box.Width) + x0] + (fx * (pixels[(y1 * box.Width) + x1] - pixels[(y1 * box.Width) + x0]));
                to[(row * window.Size) + column] = top + (fy * (bottom - top));
            }
        }
    }

    // A square of pixels over the patch: its origin in patch pixels and the step between its pixels.
    private readonly record struct Window(int Size, int OriginX, int OriginY, double Step)
    {
        public (double U, double V) At(double column, double row) =>
            (((column - OriginX + 0.5) * Step) - 0.5, ((row - OriginY + 0.5) * Step) - 0.5);
    }
}
