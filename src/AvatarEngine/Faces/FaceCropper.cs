using System.Numerics;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>Cuts a <see cref="FaceRegion"/> out of a picture. Beyond the picture its edge goes on. Allocates nothing.</summary>
internal static class FaceCropper
{
    private const int MaxTaps = 4;
    private const float LumaGain = 255f / 219;

    /// <summary>RGB planes [3, size, size], -1..1, as the face networks see them.</summary>
    public static void Rgb(I420View picture, FaceRegion region, int size, Span<float> planes)
    {
        int plane = size * size;
        Span<float> red = planes[..plane];
        Span<float> green = planes.Slice(plane, plane);
        Span<float> blue = planes.Slice(2 * plane, plane);
        Grid grid = new(region, size);
        for (int i = 0; i < plane; i++)
        {
            (float y, float cb, float cr) = grid.Sample(in picture, i % size, i / size);
            float luma = (y - 16) * LumaGain;
            red[i] = ToUnit(luma + (1.596f * (cr - 128)));
            green[i] = ToUnit(luma - (0.392f * (cb - 128)) - (0.813f * (cr - 128)));
            blue[i] = ToUnit(luma + (2.017f * (cb - 128)));
        }
    }

    /// <summary>Luma [size, size], 0 (black) to 1 (white).</summary>
    public static void Luma(I420View picture, FaceRegion region, int size, Span<float> luma)
    {
        Grid grid = new(region, size);
        for (int i = 0; i < size * size; i++)
            luma[i] = Math.Clamp((grid.Sample(in picture, i % size, i / size).Y - 16) / 219, 0, 1);
    }

    private static float ToUnit(float value) => (Math.Clamp(value, 0, 255) / 127.5f) - 1;

    // A turned grid of output pixels; each is the mean of taps x taps places, so that shrinking does not alias.
    private readonly struct Grid
    {
        private readonly Vector2 _origin;
        private readonly Vector2 _right;
        private readonly Vector2 _down;
        private readonly int _taps;

        public Grid(FaceRegion region, int size)
        {
            float step = region.Side / size;
            _taps = Math.Clamp((int)MathF.Ceiling(step / 1.5f), 1, MaxTaps);
            (float sin, float cos) = MathF.SinCos(region.Roll);
            _right = new Vector2(cos, sin) * step;
            _down = new Vector2(-sin, cos) * step;
            _origin = new Vector2(region.X, region.Y) - ((_right + _down) * ((size - 1) / 2f));
        }

        public (float Y, float Cb, float Cr) Sample(in I420View picture, int column, int row)
        {
            Vector2 centre = _origin + (_right * column) + (_down * row);
            float luma = 0, cb = 0, cr = 0;
            for (int t = 0; t < _taps * _taps; t++)
            {
                float u = (((t % _taps) + 0.5f) / _taps) - 0.5f;
                float v = (((t / _taps) + 0.5f) / _taps) - 0.5f;
                Vector2 p = Vector2.Clamp(centre + (_right * u) + (_down * v), Vector2.Zero, new Vector2(picture.Width - 1, picture.Height - 1));
                int x = (int)(p.X + 0.5f);
                int y = (int)(p.Y + 0.5f);
                luma += _taps == 1 ? Between(in picture, p) : picture.Y[(y * picture.YStride) + x];
                int chroma = (y / 2 * picture.ChromaStride) + (x / 2);
                cb += picture.U[chroma];
                cr += picture.V[chroma];
            }

            float share = 1f / (_taps * _taps);
            return (luma * share, cb * share, cr * share);
        }

        private static float Between(in I420View picture, Vector2 p)
        {
            int x = Math.Min((int)p.X, picture.Width - 2);
            int y = Math.Min((int)p.Y, picture.Height - 2);
            float fx = p.X - x;
            float fy = p.Y - y;
            ReadOnlySpan<byte> top = picture.Y.Slice((y * picture.YStride) + x, 2);
            ReadOnlySpan<byte> bottom = picture.Y.Slice(((y + 1) * picture.YStride) + x, 2);
            float a = top[0] + (fx * (top[1] - top[0]));
            float b = bottom[0] + (fx * (bottom[1] - bottom[0]));
            return a + (fy * (b - a));
        }
    }
}
