using System.Numerics;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// The lit skin of one moment: a height field built from the outline and from soft bumps is shaded on a grid and drawn
/// enlarged; the outline cuts it. Light, relief and warm shadow edges therefore always agree.
/// </summary>
internal sealed class SkinSurface : IDisposable
{
    private const float Left = -110;
    private const float Top = -148;
    private const float Step = 2;
    private const int Width = 111;
    private const int Height = 160;

    private readonly float[] _slopeX = new float[Width * Height];
    private readonly float[] _slopeY = new float[Width * Height];
    private readonly float[] _ao = new float[Width * Height];
    private readonly float[] _red = new float[Width * Height];
    private readonly float[] _tint = new float[Width * Height];
    private readonly float[] _min = new float[Height];
    private readonly float[] _max = new float[Height];
    private readonly SKBitmap _bitmap = new(new SKImageInfo(Width, Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
    private readonly Light _light;
    private readonly Rgb _skin;
    private readonly Rgb _redSkin;
    private readonly Rgb _tintSkin;
    private readonly float _gloss;

    public SkinSurface(GalleryCharacter character, Light light)
    {
        _light = light;
        _skin = Rgb.Hex(character.Palette.Skin);
        _redSkin = new Rgb(Math.Min(1, _skin.R * 1.02f), _skin.G * 0.62f, _skin.B * 0.60f);
        _tintSkin = Rgb.Mix(_skin, Rgb.Hex(character.Palette.Hair), 0.35f);
        _gloss = 0.075f + (0.03f * character.Stylisation);
    }

    /// <summary>Adds a gaussian bump (or hollow) of <paramref name="height"/> px.</summary>
    public void Bump(SKPoint c, float sx, float sy, float height, float degrees = 0) =>
        Splat(c, sx, sy, degrees, (index, gx, gy, e) =>
        {
            _slopeX[index] += height * gx * e;
            _slopeY[index] += height * gy * e;
        });

    /// <summary>Hides a place from the sky: 0.3 takes 30 % of the light away.</summary>
    public void Occlude(SKPoint c, float sx, float sy, float amount, float degrees = 0) =>
        Splat(c, sx, sy, degrees, (index, _, _, e) => _ao[index] *= 1 - (amount * e));

    public void Redden(SKPoint c, float sx, float sy, float amount, float degrees = 0) =>
        Splat(c, sx, sy, degrees, (index, _, _, e) => _red[index] += amount * e);

    /// <summary>Greys towards the colour of the hair: shadow of a shaven beard.</summary>
    public void Tint(SKPoint c, float sx, float sy, float amount, float degrees = 0) =>
        Splat(c, sx, sy, degrees, (index, _, _, e) => _tint[index] += amount * e);

    /// <summary>Starts a picture: clears the relief to the round of the head.</summary>
    public void Begin(FaceShape face)
    {
        Array.Fill(_ao, 1);
        Array.Clear(_red);
        Array.Clear(_tint);
        ScanOutline(face.Outline);
        float chin = face.Outline[FaceShape.OutlinePoints / 2].Y;
        float turn = face.SinYaw * 0.6f;
        for (int j = 0; j < Height; j++)
        {
            float y = Top + (j * Step);
            float middle = (_min[j] + _max[j]) / 2;
            float half = Math.Max(8, (_max[j] - _min[j]) / 2);
            float up = Math.Clamp((-38 - y) / 98, 0, 1);
            float down = Math.Clamp((y - 62) / (chin - 60), 0, 1);
            float sy = (0.75f * up * up * up / MathF.Sqrt(1.06f - (up * up))) + (0.16f * up)
                - ((0.12f * down) + (0.55f * down * down * down * down / MathF.Sqrt(1.05f - (down * down))));
            float sides = MathF.Sqrt(1 - (0.9f * up * up)) * (1 - (0.6f * down * down * down));
            for (int i = 0; i < Width; i++)
            {
                float u = Math.Clamp(((Left + (i * Step)) - middle) / half, -0.985f, 0.985f);
                float a = Math.Abs(u);
                float sx = -u * ((0.28f + (0.62f * a * a)) / MathF.Sqrt(1.02f - (u * u)));
                _slopeX[(j * Width) + i] = (sx * sides) - turn;
                _slopeY[(j * Width) + i] = sy;
                _ao[(j * Width) + i] = 1 - (0.22f * a * a * a * a);
            }
        }
    }

    /// <summary>Shades the grid after all bumps are in.</summary>
    public void Finish()
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(_bitmap.GetPixelSpan());
        for (int k = 0; k < pixels.Length; k++)
        {
            Rgb albedo = Rgb.Mix(_skin, _redSkin, Math.Clamp(_red[k], 0, 1));
            albedo = Rgb.Mix(albedo, _tintSkin, Math.Clamp(_tint[k], 0, 1));
            Vector3 n = Vector3.Normalize(new Vector3(-_slopeX[k], -_slopeY[k], 1));
            Rgb c = _light.Shade(albedo, n, _ao[k], _gloss, 14);
            pixels[k] = 0xFF000000u | ((uint)Rgb.Byte(c.R) << 16) | ((uint)Rgb.Byte(c.G) << 8) | Rgb.Byte(c.B);
        }

        _bitmap.NotifyPixelsChanged();
    }

    /// <summary>Draws the skin; the caller has set the clip.</summary>
    public void Draw(SKCanvas canvas)
    {
        var target = new SKRect(
            Left - (Step / 2), Top - (Step / 2), Left + ((Width - 0.5f) * Step), Top + ((Height - 0.5f) * Step));
        canvas.DrawBitmap(_bitmap, target, new SKSamplingOptions(SKCubicResampler.Mitchell));
    }

    /// <summary>Colour of the lit skin at a point; moves smoothly with the point.</summary>
    public SKColor Sample(SKPoint p)
    {
        float x = Math.Clamp((p.X - Left) / Step, 0, Width - 1.001f);
        float y = Math.Clamp((p.Y - Top) / Step, 0, Height - 1.001f);
        int i = (int)x;
        int j = (int)y;
        ReadOnlySpan<byte> pixels = _bitmap.GetPixelSpan();
        int at = ((j * Width) + i) * 4;
        return new SKColor(Between(pixels, at + 2, x - i, y - j), Between(pixels, at + 1, x - i, y - j), Between(pixels, at, x - i, y - j));
    }

    public void Dispose() => _bitmap.Dispose();

    private static byte Between(ReadOnlySpan<byte> pixels, int at, float u, float v)
    {
        float top = Curve.Mix(pixels[at], pixels[at + 4], u);
        float bottom = Curve.Mix(pixels[at + (Width * 4)], pixels[at + (Width * 4) + 4], u);
        return (byte)(Curve.Mix(top, bottom, v) + 0.5f);
    }

    private static void Splat(SKPoint c, float sx, float sy, float degrees, Action<int, float, float, float> put)
    {
        float angle = degrees * MathF.PI / 180;
        float cos = MathF.Cos(angle);
        float sin = MathF.Sin(angle);
        float reach = 2.6f * Math.Max(sx, sy);
        int i0 = Math.Max(0, (int)((c.X - reach - Left) / Step));
        int i1 = Math.Min(Width - 1, (int)((c.X + reach - Left) / Step) + 1);
        int j0 = Math.Max(0, (int)((c.Y - reach - Top) / Step));
        int j1 = Math.Min(Height - 1, (int)((c.Y + reach - Top) / Step) + 1);
        for (int j = j0; j <= j1; j++)
        {
            for (int i = i0; i <= i1; i++)
            {
                float dx = Left + (i * Step) - c.X;
                float dy = Top + (j * Step) - c.Y;
                float u = ((dx * cos) + (dy * sin)) / sx;
                float v = ((dy * cos) - (dx * sin)) / sy;
                float e = MathF.Exp(-((u * u) + (v * v)));
                float gu = -2 * u / sx;
                float gv = -2 * v / sy;
                put((j * Width) + i, (gu * cos) - (gv * sin), (gu * sin) + (gv * cos), e);
            }
        }
    }

    private void ScanOutline(ReadOnlySpan<SKPoint> outline)
    {
        Array.Fill(_min, float.MaxValue);
        Array.Fill(_max, float.MinValue);
        for (int k = 0; k < outline.Length; k++)
        {
            SKPoint a = outline[k];
            SKPoint b = outline[(k + 1) % outline.Length];
            if (a.Y > b.Y)
            {
                (a, b) = (b, a);
            }

            int j0 = Math.Max(0, (int)MathF.Ceiling((a.Y - Top) / Step));
            int j1 = Math.Min(Height - 1, (int)MathF.Floor((b.Y - Top) / Step));
            for (int j = j0; j <= j1; j++)
            {
                float t = b.Y - a.Y < 1e-4f ? 0 : (Top + (j * Step) - a.Y) / (b.Y - a.Y);
                float x = a.X + ((b.X - a.X) * t);
                _min[j] = Math.Min(_min[j], x);
                _max[j] = Math.Max(_max[j], x);
            }
        }

        for (int j = 1; j < Height; j++)
        {
            if (_min[j] > _max[j])
            {
                (_min[j], _max[j]) = _min[j - 1] <= _max[j - 1] ? (_min[j - 1], _max[j - 1]) : (0, 0);
            }
        }

        if (_min[0] > _max[0])
        {
            (_min[0], _max[0]) = (0, 0);
        }
    }
}
