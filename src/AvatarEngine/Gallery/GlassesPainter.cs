using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Draws glasses: rims, bridge, temples, a faint reflection and their shadow on the skin.</summary>
internal sealed class GlassesPainter(GalleryCharacter character) : IDisposable
{
    private readonly SKPaint _paint = new() { IsAntialias = true, StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round };

    public void Draw(SKCanvas canvas, FaceShape face, Light light)
    {
        if (character.Glasses == GlassesStyle.None)
        {
            return;
        }

        bool round = character.Glasses == GlassesStyle.Round;
        Rgb colour = round ? new Rgb(0.30f, 0.25f, 0.18f) : new Rgb(0.022f, 0.018f, 0.02f);
        float width = round ? 1.7f : 3.1f;
        using SKPath left = Rim(face, -1, round);
        using SKPath right = Rim(face, 1, round);
        using var bars = new SKPathBuilder();
        float inner = Math.Abs(face.Eyes[0].CentreX) - HalfWidth(face, round);
        bars.MoveTo(face.Turn(-inner, -3, 12));
        bars.QuadTo(face.Turn(0, -8, 16), face.Turn(inner, -3, 12));
        for (int s = -1; s <= 1; s += 2)
        {
            float outer = Math.Abs(face.Eyes[0].CentreX) + HalfWidth(face, round);
            bars.MoveTo(face.Turn(s * outer, -5, 10));
            bars.LineTo(face.Turn(s * 80 * character.Proportions.FaceWidth, -8, -12));
        }

        using SKPath bar = bars.Detach();
        _paint.Style = SKPaintStyle.Stroke;
        canvas.Save();
        canvas.Translate(light.Key.X < 0 ? 2f : -2f, 3.2f);
        _paint.StrokeWidth = width + 1.2f;
        _paint.Color = new SKColor(50, 20, 12, 46);
        canvas.DrawPath(left, _paint);
        canvas.DrawPath(right, _paint);
        canvas.DrawPath(bar, _paint);
        canvas.Restore();

        _paint.Style = SKPaintStyle.Fill;
        foreach (SKPath lens in (ReadOnlySpan<SKPath>)[left, right])
        {
            SKRect box = lens.Bounds;
            using SKShader shine = SKShader.CreateLinearGradient(
                new SKPoint(box.Left, box.Top), new SKPoint(box.Right, box.Bottom),
                [new SKColor(255, 255, 255, 40), new SKColor(255, 255, 255, 8), new SKColor(255, 255, 255, 2), new SKColor(255, 255, 255, 18)],
                [0, 0.3f, 0.6f, 1], SKShaderTileMode.Clamp);
            _paint.Color = SKColors.White;
            _paint.Shader = shine;
            canvas.DrawPath(lens, _paint);
            _paint.Shader = null;
        }

        _paint.Style = SKPaintStyle.Stroke;
        _paint.StrokeWidth = width;
        _paint.Color = (colour * 0.8f).Show();
        canvas.DrawPath(left, _paint);
        canvas.DrawPath(right, _paint);
        canvas.DrawPath(bar, _paint);
        _paint.StrokeWidth = width * 0.35f;
        _paint.Color = Rgb.Mix(colour, new Rgb(1, 1, 1), 0.45f).Show(0.55f);
        canvas.Translate(0, -width * 0.22f);
        canvas.DrawPath(left, _paint);
        canvas.DrawPath(right, _paint);
        canvas.Translate(0, width * 0.22f);
    }

    public void Dispose() => _paint.Dispose();

    private static float HalfWidth(FaceShape face, bool round) =>
        (round ? 24 : 26) * (1 + ((face.Character.Proportions.EyeSize - 1) * 0.8f));

    private static SKPath Rim(FaceShape face, int side, bool round)
    {
        Span<SKPoint> points = stackalloc SKPoint[48];
        float hw = HalfWidth(face, round);
        float hh = round ? hw * 0.94f : hw * 0.72f;
        float power = round ? 1 : 0.55f;
        float cx = face.Eyes[side < 0 ? 0 : 1].CentreX;
        for (int i = 0; i < points.Length; i++)
        {
            float a = MathF.Tau * i / points.Length;
            float c = MathF.Cos(a);
            float s = MathF.Sin(a);
            float x = MathF.Sign(c) * MathF.Pow(MathF.Abs(c), power) * hw;
            float y = MathF.Sign(s) * MathF.Pow(MathF.Abs(s), power) * hh;
            points[i] = face.Turn(cx + (side * 1) + x, 2 + y, 12);
        }

        return Curve.Path(points);
    }
}
