using System.Numerics;
using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Paints what the person wears: shoulders with volume, neckline, collar or lapels, soft folds.</summary>
internal sealed class ClothesPainter(GalleryCharacter character, Light light)
{
    private readonly Rgb _main = Rgb.Hex(character.Palette.Clothes);
    private readonly Rgb _accent = Rgb.Hex(character.Palette.ClothesAccent);
    private readonly float _neck = 47 * character.Proportions.NeckWidth;
    private readonly float _wide = character.Proportions.ShoulderWidth;

    /// <summary>What shows behind the neck: the back of a collar or hood.</summary>
    public void DrawBehind(SKCanvas canvas)
    {
        if (character.Clothes is not (ClothesStyle.Shirt or ClothesStyle.Hoodie or ClothesStyle.Blazer))
        {
            return;
        }

        float top = character.Clothes == ClothesStyle.Blazer ? 152 : 136;
        Rgb inside = light.Shade(_main, Vector3.Normalize(new Vector3(0, 0.3f, 1)), 0.5f, 0, 1);
        using var paint = new SKPaint { IsAntialias = true, Color = (inside * 0.75f).Show() };
        canvas.DrawRoundRect(SKRect.Create(-_neck - 14, top, (_neck + 14) * 2, 70), 22, 16, paint);
    }

    public void Draw(SKCanvas canvas)
    {
        switch (character.Clothes)
        {
            case ClothesStyle.Blazer:
                Garment(canvas, 250, _neck + 16, _accent, 0.35f, 0.9f);
                Rim(canvas, 250, _neck + 16, _accent);
                Jacket(canvas);
                break;
            case ClothesStyle.Shirt:
                Garment(canvas, 236, _neck + 8, _main, 0.5f);
                Collar(canvas);
                break;
            case ClothesStyle.Hoodie:
                Hood(canvas);
                Garment(canvas, 214, 56, _main, 1);
                Rim(canvas, 214, 56, _main * 0.8f);
                Cords(canvas);
                break;
            case ClothesStyle.Turtleneck:
                Garment(canvas, 190, _neck + 12, _main, 1);
                Turtle(canvas);
                break;
            default:
                Garment(canvas, 208, _neck + 14, _main, 1);
                Rim(canvas, 208, _neck + 14, _main);
                break;
        }
    }

    /// <summary>The garment's outline; the neckline hangs down to <paramref name="depth"/> between shoulders at <paramref name="half"/>.</summary>
    private SKPath Outline(float depth, float half, float narrow)
    {
        float wide = _wide * narrow;
        using var b = new SKPathBuilder();
        b.MoveTo(-half, 163);
        b.CubicTo(-half - 16, 176, -132 * wide, 184, -166 * wide, 204);
        b.CubicTo(-200 * wide, 222, -216 * wide, 252, -226 * wide, 312);
        b.LineTo(226 * wide, 312);
        b.CubicTo(216 * wide, 252, 200 * wide, 222, 166 * wide, 204);
        b.CubicTo(132 * wide, 184, half + 16, 176, half, 163);
        b.CubicTo(half - 6, (163 + depth) / 2, half * 0.62f, depth, 0, depth);
        b.CubicTo(-half * 0.62f, depth, -half + 6, (163 + depth) / 2, -half, 163);
        b.Close();
        return b.Detach();
    }

    private void Garment(SKCanvas canvas, float depth, float half, Rgb colour, float folds, float narrow = 1)
    {
        using SKPath path = Outline(depth, half, narrow);
        Shadow(canvas, path, 0, 1, 4, 0.45f);
        canvas.Save();
        canvas.ClipPath(path, SKClipOperation.Intersect, true);
        Volume(canvas, colour);
        Folds(canvas, folds);
        canvas.Restore();
    }

    private void Volume(SKCanvas canvas, Rgb colour)
    {
        const int Rows = 24;
        const int Columns = 41;
        using var mesh = new SoftMesh(Rows, Columns);
        for (int r = 0; r < Rows; r++)
        {
            float y = 140 + (176f * r / (Rows - 1));
            for (int c = 0; c < Columns; c++)
            {
                float u = (2f * c / (Columns - 1)) - 1;
                float x = u * 250;
                float a = MathF.Abs(u);
                float shoulder = 176 + (70 * a * a);
                float top = Curve.Step(60, 0, y - shoulder);
                float nx = (0.9f * u * a) + (0.1f * u);
                float ny = (-0.75f * top) + 0.12f;
                float ao = 1 - (0.25f * Curve.Step(250, 312, y)) - (0.3f * Curve.Bell(x, 70) * Curve.Bell(y - 170, 40));
                mesh.Set(r, c, new SKPoint(x, y), light.Shade(colour, Vector3.Normalize(new Vector3(nx, ny, 1)), ao, 0.012f, 8).Show());
            }
        }

        mesh.Draw(canvas);
    }

    private void Folds(SKCanvas canvas, float amount)
    {
        if (amount <= 0)
        {
            return;
        }

        var random = new SeededRandom(character.Seed + 900);
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round };
        using SKMaskFilter soft = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 5);
        paint.MaskFilter = soft;
        for (int i = 0; i < 12; i++)
        {
            float side = i % 2 == 0 ? 1 : -1;
            float x = side * random.Next(60, 190);
            float y = random.Next(214, 262);
            using var b = new SKPathBuilder();
            b.MoveTo(x, y);
            b.QuadTo(x + (side * random.Next(-26, 10)), y + random.Next(20, 40), x + (side * random.Next(-40, 16)), y + random.Next(50, 90));
            using SKPath fold = b.Detach();
            paint.StrokeWidth = random.Next(4, 9);
            paint.Color = new SKColor(0, 0, 0, (byte)(44 * amount));
            canvas.DrawPath(fold, paint);
            canvas.Save();
            canvas.Translate(light.Key.X < 0 ? -7 : 7, -2);
            paint.Color = new SKColor(255, 255, 255, (byte)(17 * amount));
            canvas.DrawPath(fold, paint);
            canvas.Restore();
        }
    }

    private void Rim(SKCanvas canvas, float depth, float half, Rgb colour)
    {
        using var b = new SKPathBuilder();
        b.MoveTo(-half, 163);
        b.CubicTo(-half + 6, (163 + depth) / 2, -half * 0.62f, depth, 0, depth);
        b.CubicTo(half * 0.62f, depth, half - 6, (163 + depth) / 2, half, 163);
        using SKPath path = b.Detach();
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke };
        Rgb lit = light.Shade(colour, Vector3.Normalize(new Vector3(0, -0.3f, 1)), 1, 0, 1);
        paint.StrokeWidth = 9;
        paint.Color = (lit * 0.92f).Show();
        canvas.Save();
        canvas.Translate(0, 4);
        canvas.DrawPath(path, paint);
        paint.StrokeWidth = 1.2f;
        paint.Color = (lit * 0.45f).Show(0.6f);
        canvas.Translate(0, 5);
        canvas.DrawPath(path, paint);
        paint.Color = (lit * 1.35f).Show(0.5f);
        canvas.Translate(0, -9.3f);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    private void Jacket(SKCanvas canvas)
    {
        for (int s = -1; s <= 1; s += 2)
        {
            using SKPath body = Poly(s, [(52, 165), (74, 176), (132 * _wide, 186), (168 * _wide, 204), (200 * _wide, 224), (226 * _wide, 314), (-14, 314), (10, 290), (40, 220)]);
            Shadow(canvas, body, 0, 1, 5, 0.5f);
            canvas.Save();
            canvas.ClipPath(body, SKClipOperation.Intersect, true);
            Volume(canvas, _main);
            Folds(canvas, 0.8f);
            canvas.Restore();
            using SKPath lapel = Poly(s, [(50, 163), (72, 174), (86, 200), (104, 214), (88, 226), (92, 240), (40, 312), (4, 314), (34, 240), (44, 200)]);
            Shadow(canvas, lapel, s * 1.5f, 2, 4, 0.55f);
            Rgb lit = light.Shade(_main * 1.12f, Vector3.Normalize(new Vector3(s * 0.35f, -0.25f, 1)), 1, 0.02f, 8);
            Rgb low = light.Shade(_main, Vector3.Normalize(new Vector3(s * 0.5f, 0.2f, 1)), 0.75f, 0, 1);
            using SKShader shader = SKShader.CreateLinearGradient(
                new SKPoint(s * 60, 170), new SKPoint(s * 60, 312), [lit.Show(), low.Show()], SKShaderTileMode.Clamp);
            using var paint = new SKPaint { IsAntialias = true, Shader = shader };
            canvas.DrawPath(lapel, paint);
            paint.Shader = null;
            paint.Style = SKPaintStyle.Stroke;
            paint.StrokeWidth = 1;
            paint.Color = (lit * 1.5f).Show(0.35f);
            canvas.DrawPath(lapel, paint);
        }
    }

    private void Collar(SKCanvas canvas)
    {
        using var paint = new SKPaint { IsAntialias = true };
        for (int s = -1; s <= 1; s += 2)
        {
            using SKPath leaf = Poly(s, [(_neck - 6, 140), (_neck + 8, 148), (_neck + 30, 178), (52, 222), (30, 236), (2, 214), (16, 204), (_neck - 8, 172)]);
            Shadow(canvas, leaf, s * 1, 3, 5, 0.5f);
            Rgb top = light.Shade(_main * 1.06f, Vector3.Normalize(new Vector3(s * 0.45f, -0.45f, 1)), 1, 0, 1);
            Rgb low = light.Shade(_main, Vector3.Normalize(new Vector3(s * 0.2f, 0.1f, 1)), 0.95f, 0, 1);
            using SKShader shader = SKShader.CreateLinearGradient(
                new SKPoint(s * 60, 150), new SKPoint(s * 24, 236), [top.Show(), low.Show()], SKShaderTileMode.Clamp);
            paint.Style = SKPaintStyle.Fill;
            paint.Color = SKColors.White;
            paint.Shader = shader;
            canvas.DrawPath(leaf, paint);
            paint.Shader = null;
            paint.Style = SKPaintStyle.Stroke;
            paint.StrokeWidth = 0.9f;
            paint.Color = (low * 0.55f).Show(0.5f);
            canvas.DrawPath(leaf, paint);
        }

        paint.StrokeWidth = 1.2f;
        paint.Style = SKPaintStyle.Stroke;
        paint.Color = (_main * 0.3f).Show(0.5f);
        canvas.DrawLine(0, 236, 2, 312, paint);
        paint.Style = SKPaintStyle.Fill;
        paint.Color = (_accent * 0.8f).Show();
        canvas.DrawCircle(6, 262, 3, paint);
    }

    private void Hood(SKCanvas canvas)
    {
        for (int s = -1; s <= 1; s += 2)
        {
            using SKPath hood = Poly(s, [(44, 118), (66, 126), (96, 150), (118, 186), (110, 214), (60, 236), (30, 232), (50, 190), (_neck + 2, 156)]);
            Shadow(canvas, hood, s * 2, 3, 6, 0.5f);
            Rgb lit = light.Shade(_main * 1.05f, Vector3.Normalize(new Vector3(s * 0.4f, -0.5f, 1)), 1, 0, 1);
            Rgb low = light.Shade(_main, Vector3.Normalize(new Vector3(s * -0.4f, 0.3f, 1)), 0.55f, 0, 1);
            using SKShader shader = SKShader.CreateLinearGradient(
                new SKPoint(s * 100, 150), new SKPoint(s * 44, 200), [lit.Show(), low.Show()], SKShaderTileMode.Clamp);
            using var paint = new SKPaint { IsAntialias = true, Shader = shader };
            canvas.DrawPath(hood, paint);
        }
    }

    private void Cords(SKCanvas canvas)
    {
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 4, StrokeCap = SKStrokeCap.Round };
        for (int s = -1; s <= 1; s += 2)
        {
            using var b = new SKPathBuilder();
            b.MoveTo(s * 34, 206);
            b.CubicTo(s * 36, 236, s * 30, 252, s * 33, 290);
            using SKPath cord = b.Detach();
            paint.StrokeWidth = 5;
            paint.Color = new SKColor(0, 0, 0, 60);
            canvas.Save();
            canvas.Translate(2, 2);
            canvas.DrawPath(cord, paint);
            canvas.Restore();
            paint.StrokeWidth = 3.6f;
            paint.Color = light.Shade(_accent, Vector3.UnitZ, 1, 0, 1).Show();
            canvas.DrawPath(cord, paint);
        }
    }

    private void Turtle(SKCanvas canvas)
    {
        using var b = new SKPathBuilder();
        b.MoveTo(-_neck - 3, 132);
        b.CubicTo(-_neck + 8, 150, _neck - 8, 150, _neck + 3, 132);
        b.CubicTo(_neck + 7, 160, _neck + 6, 172, _neck + 24, 186);
        b.CubicTo(30, 214, -30, 214, -_neck - 24, 186);
        b.CubicTo(-_neck - 6, 172, -_neck - 7, 160, -_neck - 3, 132);
        b.Close();
        using SKPath path = b.Detach();
        Shadow(canvas, path, 0, 3, 5, 0.5f);
        Rgb left = light.Shade(_main, Vector3.Normalize(new Vector3(-0.95f, 0, 0.5f)), 0.8f, 0, 1);
        Rgb centre = light.Shade(_main * 1.05f, Vector3.Normalize(new Vector3(light.Key.X * 0.5f, -0.1f, 1)), 0.95f, 0, 1);
        Rgb right = light.Shade(_main, Vector3.Normalize(new Vector3(0.95f, 0, 0.5f)), 0.8f, 0, 1);
        using SKShader shader = SKShader.CreateLinearGradient(
            new SKPoint(-_neck - 8, 0), new SKPoint(_neck + 8, 0), [left.Show(), centre.Show(), right.Show()],
            [0, light.Key.X < 0 ? 0.4f : 0.6f, 1], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { IsAntialias = true, Shader = shader };
        canvas.DrawPath(path, paint);
    }

    private static SKPath Poly(int side, ReadOnlySpan<(float X, float Y)> corners)
    {
        // Corners are rounded by passing through the middles of the edges.
        using var b = new SKPathBuilder();
        int n = corners.Length;
        for (int i = 0; i < n; i++)
        {
            (float x, float y) = corners[i];
            (float px, float py) = corners[(i + n - 1) % n];
            (float nx, float ny) = corners[(i + 1) % n];
            var from = new SKPoint(side * Curve.Mix(x, px, 0.3f), Curve.Mix(y, py, 0.3f));
            var to = new SKPoint(side * Curve.Mix(x, nx, 0.3f), Curve.Mix(y, ny, 0.3f));
            if (i == 0)
            {
                b.MoveTo(from);
            }
            else
            {
                b.LineTo(from);
            }

            b.QuadTo(new SKPoint(side * x, y), to);
        }

        b.Close();
        return b.Detach();
    }

    private static void Shadow(SKCanvas canvas, SKPath path, float dx, float dy, float sigma, float alpha)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(10, 6, 8, (byte)(alpha * 255)) };
        using SKMaskFilter blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, sigma);
        paint.MaskFilter = blur;
        canvas.Save();
        canvas.Translate(dx, dy);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }
}
