using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Paints the background once: a studio gradient or a room out of focus. Canvas: 512 by 512.</summary>
internal sealed class BackdropPainter(GalleryCharacter character)
{
    private readonly Rgb _dark = Rgb.Hex(character.Palette.BackdropDark);
    private readonly Rgb _light = Rgb.Hex(character.Palette.BackdropLight);
    private readonly SeededRandom _random = new(character.Seed + 300);

    public void Draw(SKCanvas canvas)
    {
        Gradient(canvas);
        switch (character.Backdrop)
        {
            case BackdropStyle.Office:
                Office(canvas);
                break;
            case BackdropStyle.Bokeh:
                Lights(canvas, 34, 0.5f);
                break;
            case BackdropStyle.Home:
                Home(canvas);
                break;
            default:
                break;
        }

        Vignette(canvas);
    }

    private void Gradient(SKCanvas canvas)
    {
        float side = character.Lighting.Side < 0 ? 1 : -1;
        using SKShader shader = SKShader.CreateRadialGradient(
            new SKPoint(256 + (side * 110), 210), 420,
            [_light.Show(), Rgb.Mix(_light, _dark, 0.5f).Show(), _dark.Show()], [0, 0.45f, 1], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsDither = true };
        canvas.DrawRect(0, 0, 512, 512, paint);
    }

    private void Office(SKCanvas canvas)
    {
        // Window front on one side, shelves and a lamp on the other, all far out of focus.
        float flip = character.Lighting.Side < 0 ? 0 : 512;
        float sign = flip == 0 ? 1 : -1;
        for (int i = 0; i < 3; i++)
        {
            float x = flip + (sign * (14 + (i * 62)));
            Box(canvas, x, 20, x + (sign * 50), 330, Rgb.Mix(_light, new Rgb(0.95f, 0.97f, 1), 0.75f), 0.85f, 11);
        }

        Box(canvas, flip + (sign * -20), 175, flip + (sign * 200), 184, _dark, 0.35f, 8);
        for (int row = 0; row < 4; row++)
        {
            float y = 60 + (row * 82);
            Box(canvas, flip + (sign * 350), y + 62, flip + (sign * 530), y + 70, _dark * 0.6f, 0.6f, 8);
            float x = 356;
            while (x < 510)
            {
                float w = _random.Next(10, 26);
                float h = _random.Next(34, 58);
                Rgb colour = Rgb.Mix(_light, new Rgb(_random.Next(0.1f, 0.5f), _random.Next(0.1f, 0.4f), _random.Next(0.1f, 0.45f)), 0.55f);
                Box(canvas, flip + (sign * x), y + 62 - h, flip + (sign * (x + w)), y + 62, colour, 0.5f, 9);
                x += w + _random.Next(2, 16);
            }
        }

        Box(canvas, 0, 400, 512, 512, _dark * 0.5f, 0.5f, 26);
        Lights(canvas, 9, 0.35f);
    }

    private void Home(SKCanvas canvas)
    {
        float flip = character.Lighting.Side < 0 ? 512 : 0;
        float sign = flip == 0 ? 1 : -1;
        Box(canvas, flip + (sign * 30), 70, flip + (sign * 130), 200, Rgb.Mix(_light, new Rgb(0.7f, 0.5f, 0.35f), 0.5f), 0.7f, 9);
        Box(canvas, flip + (sign * 44), 84, flip + (sign * 116), 186, Rgb.Mix(_dark, new Rgb(0.3f, 0.4f, 0.4f), 0.6f), 0.6f, 9);
        Box(canvas, 0, 380, 512, 512, Rgb.Mix(_dark, new Rgb(0.25f, 0.16f, 0.11f), 0.6f), 0.7f, 22);
        Glow(canvas, flip + (sign * 438), 170, 70, new Rgb(1, 0.78f, 0.45f), 0.75f);
        Box(canvas, flip + (sign * 410), 140, flip + (sign * 466), 192, new Rgb(1, 0.86f, 0.62f), 0.85f, 8);
        Box(canvas, flip + (sign * 434), 196, flip + (sign * 442), 380, _dark * 0.6f, 0.7f, 6);
        for (int i = 0; i < 14; i++)
        {
            Glow(canvas, flip + (sign * (340 + _random.Next(0, 60))), 270 + _random.Next(0, 110), 34, Rgb.Mix(_dark, new Rgb(0.05f, 0.14f, 0.06f), 0.6f), 0.5f);
        }
    }

    private void Lights(SKCanvas canvas, int count, float strength)
    {
        using var paint = new SKPaint { IsAntialias = true };
        using SKMaskFilter blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 2.4f);
        paint.MaskFilter = blur;
        paint.BlendMode = SKBlendMode.Screen;
        for (int i = 0; i < count; i++)
        {
            float x = _random.Next(0, 512);
            float y = _random.Next(10, 380);
            float r = _random.Next(9, 30);
            var warm = new Rgb(0.9f, _random.Next(0.45f, 0.8f), _random.Next(0.2f, 0.7f));
            Rgb colour = Rgb.Mix(warm, _light, 0.35f);
            paint.Style = SKPaintStyle.Fill;
            paint.Color = colour.Show(strength * _random.Next(0.2f, 0.6f));
            canvas.DrawCircle(x, y, r, paint);
            paint.Style = SKPaintStyle.Stroke;
            paint.StrokeWidth = 2;
            paint.Color = colour.Show(strength * 0.3f);
            canvas.DrawCircle(x, y, r, paint);
        }
    }

    private static void Box(SKCanvas canvas, float x0, float y0, float x1, float y1, Rgb colour, float alpha, float sigma)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = colour.Show(alpha) };
        using SKMaskFilter blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, sigma);
        paint.MaskFilter = blur;
        canvas.DrawRect(new SKRect(Math.Min(x0, x1), y0, Math.Max(x0, x1), y1), paint);
    }

    private static void Glow(SKCanvas canvas, float x, float y, float r, Rgb colour, float alpha)
    {
        using SKShader shader = SKShader.CreateRadialGradient(
            new SKPoint(x, y), r, [colour.Show(alpha), colour.Show(0)], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { IsAntialias = true, Shader = shader };
        canvas.DrawCircle(x, y, r, paint);
    }

    private static void Vignette(SKCanvas canvas)
    {
        using SKShader shader = SKShader.CreateRadialGradient(
            new SKPoint(256, 230), 390, [new SKColor(0, 0, 0, 0), new SKColor(0, 0, 0, 0), new SKColor(0, 0, 0, 90)],
            [0, 0.55f, 1], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsDither = true };
        canvas.DrawRect(0, 0, 512, 512, paint);
    }
}
