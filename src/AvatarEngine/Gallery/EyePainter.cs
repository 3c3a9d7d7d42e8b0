using System.Numerics;
using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Draws an eye: ball, iris, lids with fold, lashes, wet rims and highlights.</summary>
internal sealed class EyePainter : IDisposable
{
    private const int IrisPixels = 96;

    // The disc leaves a clear rim in its picture, so that the picture's edge never shows.
    private const float IrisFill = 0.86f;

    private readonly GalleryCharacter _character;
    private readonly Light _light;
    private readonly Brush _brush;
    private readonly SKImage _iris;
    private readonly SoftMesh _lid = new(7, EyeShape.LidPoints);
    private readonly SoftMesh _fold = new(4, EyeShape.LidPoints);
    private readonly SoftMesh _shade = new(5, EyeShape.LidPoints);
    private readonly SoftMesh _rim = new(3, EyeShape.LidPoints);

    public EyePainter(GalleryCharacter character, Light light, Brush brush)
    {
        _character = character;
        _light = light;
        _brush = brush;
        _iris = PaintIris(character);
    }

    public void Draw(SKCanvas canvas, EyeShape eye, SkinSurface skin)
    {
        using (SKPath opening = Curve.Between(eye.Upper, eye.Lower))
        {
            canvas.Save();
            canvas.ClipPath(opening, SKClipOperation.Intersect, true);
            Ball(canvas, eye, opening);
            canvas.Restore();
        }

        LowerRim(canvas, eye, skin);
        UpperLid(canvas, eye, skin);
        Lashes(canvas, eye);
    }

    public void Dispose()
    {
        _iris.Dispose();
        _lid.Dispose();
        _fold.Dispose();
        _shade.Dispose();
        _rim.Dispose();
    }

    private void Ball(SKCanvas canvas, EyeShape eye, SKPath opening)
    {
        float size = _character.Proportions.EyeSize;
        SKPoint centre = Curve.Mix(eye.Upper[12], eye.Lower[12], 0.5f);
        Rgb white = Rgb.Mix(new Rgb(0.80f, 0.77f, 0.74f), Rgb.Hex(_character.Palette.Skin), 0.10f);
        SKColor lit = _light.Shade(white, Vector3.Normalize(new Vector3(0, -0.1f, 1)), 1, 0, 1).Show();
        SKColor edge = _light.Shade(white * new Rgb(0.62f, 0.50f, 0.46f), Vector3.UnitZ, 0.8f, 0, 1).Show();
        using (SKShader shader = SKShader.CreateRadialGradient(
            new SKPoint(centre.X, centre.Y + 1), 20 * size, [lit, lit, edge], [0, 0.55f, 1], SKShaderTileMode.Clamp))
        {
            _brush.Fill(canvas, opening, shader);
        }

        SKPoint caruncle = Curve.Mix(eye.Upper[0], eye.Lower[1], 0.5f);
        Rgb pink = new(0.62f, 0.25f, 0.22f);
        _brush.Spot(canvas, new SKPoint(caruncle.X + (eye.Side * 1.4f), caruncle.Y + 0.4f), 3.6f, 2.9f, pink.Show(0.75f), 0, 0.2f);

        float r = eye.IrisRadius;
        SKPoint iris = eye.IrisCentre;
        _brush.Spot(canvas, iris, r * 1.28f, r * 1.28f, new SKColor(60, 40, 40, 80), 0, 0.7f);
        float reach = r / IrisFill;
        canvas.DrawImage(_iris, new SKRect(iris.X - reach, iris.Y - reach, iris.X + reach, iris.Y + reach),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));

        // The upper lid and its lashes shade the top of the ball.
        for (int i = 0; i < EyeShape.LidPoints; i++)
        {
            for (int k = 0; k < 5; k++)
            {
                float depth = k / 4f;
                SKPoint p = eye.Upper[i];
                float alpha = 0.62f * (1 - depth) * (1 - depth);
                _shade.Set(k, i, new SKPoint(p.X, p.Y - 1 + (8.2f * size * depth)), new Rgb(0.05f, 0.028f, 0.025f).Show(alpha));
            }
        }

        _shade.Draw(canvas);
        float side = _light.Key.X < 0 ? -1 : 1;
        var glint = new SKPoint(iris.X + (side * r * 0.34f), iris.Y - (r * 0.36f));
        _brush.Spot(canvas, glint, r * 0.40f, r * 0.36f, new SKColor(255, 255, 255, 90), 0, 0.2f);
        _brush.Spot(canvas, glint, r * 0.25f, r * 0.25f, new SKColor(255, 255, 255, 250), 0, 0.72f);
        _brush.Spot(canvas, new SKPoint(iris.X - (side * r * 0.38f), iris.Y + (r * 0.42f)), r * 0.22f, r * 0.18f,
            new SKColor(255, 252, 245, 105), 0, 0.3f);
    }

    private void LowerRim(SKCanvas canvas, EyeShape eye, SkinSurface skin)
    {
        for (int i = 0; i < EyeShape.LidPoints; i++)
        {
            float t = (2f * i / (EyeShape.LidPoints - 1)) - 1;
            float fade = MathF.Pow(Math.Max(0, 1 - (t * t)), 0.5f) * (1 - eye.Closed);
            SKPoint p = eye.Lower[i];
            SKColor wet = Lighten(skin.Sample(new SKPoint(p.X, p.Y + 5)), 1.10f, 0.98f, 0.96f);
            _rim.Set(0, i, new SKPoint(p.X, p.Y - 0.9f), wet.WithAlpha(0));
            _rim.Set(1, i, new SKPoint(p.X, p.Y + 0.1f), wet.WithAlpha((byte)(205 * fade)));
            _rim.Set(2, i, new SKPoint(p.X, p.Y + 1.5f), wet.WithAlpha(0));
        }

        _rim.Draw(canvas);
        Span<SKPoint> line = stackalloc SKPoint[EyeShape.LidPoints - 8];
        for (int i = 0; i < line.Length; i++)
        {
            SKPoint p = eye.Lower[i + 6];
            line[i] = new SKPoint(p.X, p.Y + 0.7f);
        }

        byte alpha = (byte)((46 + (50 * _character.MakeUp.Liner)) * (1 - (0.5f * eye.Closed)));
        _brush.Taper(canvas, line, 0.9f, 0.72f, new SKColor(58, 34, 28, alpha));
    }

    private void UpperLid(SKCanvas canvas, EyeShape eye, SkinSurface skin)
    {
        float shadow = _character.MakeUp.EyeShadow;
        Rgb tone = Rgb.Hex(_character.MakeUp.ShadowColour);
        for (int i = 0; i < EyeShape.LidPoints; i++)
        {
            float t = (2f * i / (EyeShape.LidPoints - 1)) - 1;
            SKPoint above = eye.Crease[i];
            SKPoint edge = eye.Upper[i];
            SKColor under = skin.Sample(new SKPoint(above.X, above.Y - 2.5f));
            Rgb basis = Rgb.Hex((uint)under & 0xFFFFFF);
            float ends = Curve.Step(1, 0.8f, MathF.Abs(t));
            for (int k = 0; k < 7; k++)
            {
                float s = k / 6f;
                float ball = 0.93f + (0.17f * MathF.Sin(MathF.PI * Math.Min(1, s * 1.05f))) - (0.16f * s * s * s)
                    - (0.06f * MathF.Abs(t));
                Rgb colour = basis * ball * new Rgb(1.0f, 0.965f, 0.95f);
                float made = shadow * 0.55f * s * (0.55f + (0.45f * Curve.Step(-0.6f, 0.7f, t)));
                colour = Rgb.Mix(colour, tone * (basis.R + 0.1f), made);
                float alpha = Curve.Step(0, 0.24f, s) * (0.25f + (0.75f * ends));
                _lid.Set(k, i, Curve.Mix(above, edge, s), colour.Show(alpha));
            }

            float open = 1 - (0.55f * eye.Closed);
            float depth = ends * open * (0.42f - (0.2f * _character.Stylisation)) * Math.Min(1, _character.Proportions.LidCrease * 1.4f);
            Rgb dark = basis * new Rgb(0.42f, 0.30f, 0.27f);
            _fold.Set(0, i, new SKPoint(above.X, above.Y - 2.6f), dark.Show(0));
            _fold.Set(1, i, new SKPoint(above.X, above.Y - 0.3f), dark.Show(depth));
            _fold.Set(2, i, new SKPoint(above.X, above.Y + 0.5f), dark.Show(depth * 0.8f));
            _fold.Set(3, i, new SKPoint(above.X, above.Y + 2.0f), dark.Show(0));
        }

        _lid.Draw(canvas);
        _fold.Draw(canvas);
    }

    private void Lashes(SKCanvas canvas, EyeShape eye)
    {
        CharacterMakeUp makeUp = _character.MakeUp;
        float size = _character.Proportions.EyeSize;
        Span<SKPoint> line = stackalloc SKPoint[EyeShape.LidPoints];
        for (int i = 0; i < line.Length; i++)
        {
            float t = (float)i / (line.Length - 1);
            SKPoint p = eye.Upper[i];
            line[i] = new SKPoint(p.X + (eye.Side * 1.5f * t * t * makeUp.Liner), p.Y - 0.2f - (0.9f * makeUp.Liner * t * t * t));
        }

        var dark = new SKColor(30, 19, 17, (byte)(200 + (45 * makeUp.Liner)));
        _brush.Taper(canvas, line, (1.7f + (1.3f * makeUp.Liner)) * MathF.Sqrt(size), 0.66f, dark);
        float length = (1.5f + (4.6f * makeUp.Lashes)) * size;
        int count = 22 + (int)(10 * makeUp.Lashes);
        var random = new SeededRandom(_character.Seed + 77);
        Span<SKPoint> lash = stackalloc SKPoint[5];
        for (int i = 0; i < count; i++)
        {
            float t = Curve.Mix(0.16f, 0.985f, i / (count - 1f));
            SKPoint root = Curve.At(eye.Upper, t * (EyeShape.LidPoints - 1));
            float outwards = eye.Side * (-0.35f + (1.35f * t) + (0.10f * random.Normal()));
            float up = -0.95f + (0.25f * t) + (1.75f * eye.Closed);
            float l = length * (0.30f + (0.70f * MathF.Sin(MathF.PI * MathF.Pow(t, 2.1f) * 0.88f))) * (0.85f + (0.3f * random.Next()));
            for (int k = 0; k < lash.Length; k++)
            {
                float s = k / 4f;
                lash[k] = new SKPoint(
                    root.X + (outwards * l * s * (0.6f + (0.4f * s))),
                    root.Y + (l * ((0.30f * s * (1 - s)) + (up * s * s))));
            }

            _brush.AddTaper(lash, 0.72f + (0.2f * makeUp.Lashes), 0.15f);
        }

        _brush.FillBatch(canvas, new SKColor(28, 18, 16, (byte)(110 + (80 * makeUp.Lashes))));
    }

    private static SKColor Lighten(SKColor c, float r, float g, float b) =>
        new((byte)Math.Min(255, c.Red * r), (byte)Math.Min(255, c.Green * g), (byte)Math.Min(255, c.Blue * b));

    private static SKImage PaintIris(GalleryCharacter character)
    {
        using var surface = SKSurface.Create(new SKImageInfo(IrisPixels, IrisPixels, SKColorType.Bgra8888, SKAlphaType.Premul));
        SKCanvas canvas = surface.Canvas;
        const float R = IrisPixels / 2f;
        canvas.Scale(IrisFill, IrisFill, R, R);
        var centre = new SKPoint(R, R);
        Rgb iris = Rgb.Hex(character.Palette.Iris);
        using var paint = new SKPaint { IsAntialias = true };
        using (SKShader shader = SKShader.CreateRadialGradient(
            centre, R,
            [(iris * 0.8f).Show(), (iris * 1.25f).Show(), iris.Show(), (iris * 0.32f).Show(), (iris * 0.16f).Show(0.9f), (iris * 0.1f).Show(0)],
            [0.25f, 0.5f, 0.72f, 0.88f, 0.95f, 1], SKShaderTileMode.Clamp))
        {
            paint.Shader = shader;
            canvas.DrawCircle(R, R, R, paint);
            paint.Shader = null;
        }

        var random = new SeededRandom(character.Seed + 5);
        paint.Style = SKPaintStyle.Stroke;
        for (int i = 0; i < 150; i++)
        {
            float angle = random.Next(0, MathF.Tau);
            float from = R * random.Next(0.34f, 0.55f);
            float to = R * random.Next(0.6f, 0.86f);
            float bend = random.Next(-0.08f, 0.08f);
            bool light = random.Chance(0.6f);
            paint.Color = (light ? Rgb.Mix(iris * 2.3f, new Rgb(0.9f, 0.75f, 0.5f), 0.12f) : iris * 0.35f).Show(random.Next(0.15f, 0.5f));
            paint.StrokeWidth = random.Next(0.7f, 2.2f);
            canvas.DrawLine(
                R + (MathF.Cos(angle) * from), R + (MathF.Sin(angle) * from),
                R + (MathF.Cos(angle + bend) * to), R + (MathF.Sin(angle + bend) * to), paint);
        }

        paint.Style = SKPaintStyle.Fill;
        paint.Color = SKColors.White;
        using (SKShader glow = SKShader.CreateRadialGradient(
            new SKPoint(R, R * 1.5f), R * 0.75f,
            [Rgb.Mix(iris * 2.4f, new Rgb(1, 0.85f, 0.6f), 0.15f).Show(0.55f), iris.Show(0)], SKShaderTileMode.Clamp))
        {
            paint.Shader = glow;
            canvas.DrawCircle(R, R, R * 0.86f, paint);
        }

        using (SKShader pupil = SKShader.CreateRadialGradient(
            centre, R * 0.46f,
            [new SKColor(6, 4, 5), new SKColor(6, 4, 5), new SKColor(10, 6, 6, 0)], [0, 0.8f, 1], SKShaderTileMode.Clamp))
        {
            paint.Shader = pupil;
            canvas.DrawCircle(R, R, R * 0.46f, paint);
            paint.Shader = null;
        }

        return surface.Snapshot();
    }
}
