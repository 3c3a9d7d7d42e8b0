using System.Numerics;
using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Draws the mouth: cavity, teeth, tongue, and lips with volume.</summary>
internal sealed class MouthPainter(GalleryCharacter character, Light light, Brush brush) : IDisposable
{
    private const int Rows = 11;

    // Widths of the teeth from the middle outwards, in px at 512.
    private static readonly float[] UpperWidths = [5.1f, 4.1f, 4.3f, 4.0f, 3.8f];
    private static readonly float[] LowerWidths = [3.3f, 3.6f, 3.9f, 3.9f, 3.8f];

    private readonly SoftMesh _upper = new(Rows, MouthShape.Points);
    private readonly SoftMesh _lower = new(Rows, MouthShape.Points);
    private readonly SoftMesh _seam = new(5, MouthShape.Points);
    private readonly SoftMesh _shade = new(5, MouthShape.Points);

    public void Draw(SKCanvas canvas, FaceShape face)
    {
        MouthShape mouth = face.Mouth;
        if (mouth.Opening > 0.05f)
        {
            using SKPath inner = Curve.Between(mouth.UpperInner, mouth.LowerInner);
            canvas.Save();
            canvas.ClipPath(inner, SKClipOperation.Intersect, true);
            Cavity(canvas, face, inner);
            canvas.Restore();
        }

        Lip(canvas, _lower, mouth.LowerInner, mouth.LowerOuter, false, face);
        Lip(canvas, _upper, mouth.UpperInner, mouth.UpperOuter, true, face);
        Seam(canvas, mouth);
    }

    public void Dispose()
    {
        _upper.Dispose();
        _lower.Dispose();
        _seam.Dispose();
        _shade.Dispose();
    }

    private void Cavity(SKCanvas canvas, FaceShape face, SKPath inner)
    {
        MouthShape mouth = face.Mouth;
        SKPoint top = mouth.UpperInner[MouthShape.Points / 2];
        SKPoint bottom = mouth.LowerInner[MouthShape.Points / 2];
        SKPoint middle = Curve.Mix(top, bottom, 0.45f);
        float width = Math.Max(10, (mouth.UpperInner[^1].X - mouth.UpperInner[0].X) * 0.55f);
        using (SKShader shader = SKShader.CreateRadialGradient(
            middle, width,
            [new Rgb(0.020f, 0.006f, 0.007f).Show(), new Rgb(0.055f, 0.014f, 0.015f).Show(), new Rgb(0.13f, 0.035f, 0.034f).Show()],
            [0, 0.55f, 1], SKShaderTileMode.Clamp))
        {
            brush.Fill(canvas, inner, shader);
        }

        if (face.Parameters.TongueOut <= 0.35f)
        {
            Tongue(canvas, face);
            Teeth(canvas, mouth.LowerTeeth, LowerWidths, false, mouth.Scale, mouth.Protrusion);
            Teeth(canvas, mouth.UpperTeeth, UpperWidths, true, mouth.Scale, mouth.Protrusion);
        }
        else
        {
            Teeth(canvas, mouth.LowerTeeth, LowerWidths, false, mouth.Scale, mouth.Protrusion);
            Teeth(canvas, mouth.UpperTeeth, UpperWidths, true, mouth.Scale, mouth.Protrusion);
            Tongue(canvas, face);
            TeethTips(canvas, mouth);
        }

        // The lips shade what lies behind them; the upper lip most.
        for (int i = 0; i < MouthShape.Points; i++)
        {
            float t = (2f * i / (MouthShape.Points - 1)) - 1;
            float reach = Math.Min(4.4f, 0.8f + (0.75f * mouth.Opening)) + (2.5f * t * t);
            for (int k = 0; k < 5; k++)
            {
                float d = k / 4f;
                SKPoint p = mouth.UpperInner[i];
                float alpha = (0.58f + (0.3f * t * t)) * (1 - d) * (1 - d);
                _shade.Set(k, i, new SKPoint(p.X, p.Y - 0.5f + (reach * d)), new Rgb(0.03f, 0.008f, 0.008f).Show(alpha));
            }
        }

        _shade.Draw(canvas);
        foreach (SKPoint corner in (ReadOnlySpan<SKPoint>)[mouth.UpperInner[0], mouth.UpperInner[^1]])
        {
            brush.Spot(canvas, corner, 11, 8 + (mouth.Opening * 0.25f), new Rgb(0.03f, 0.008f, 0.008f).Show(0.78f), 0, 0.15f);
        }
    }

    private void Teeth(SKCanvas canvas, SKPoint edge, float[] widths, bool upper, float scale, float protrusion)
    {
        float sign = upper ? -1 : 1;
        float height = (upper ? 9.5f : 8f) * scale;
        float warm = character.Stylisation > 0.5f ? 0 : 0.5f + (0.5f * character.Age);
        Rgb enamel = new(0.95f, 0.92f - (0.03f * warm), 0.88f - (0.09f * warm));
        float brightness = (upper ? 0.92f : 0.70f) * MathF.Pow(1 - (0.93f * protrusion), 2);
        for (int side = -1; side <= 1; side += 2)
        {
            float x = 0;
            for (int i = 0; i < widths.Length; i++)
            {
                float w = widths[i] * scale;
                float round = (x + (w / 2)) / (22 * scale);
                float rise = (upper ? -2.6f : 1.6f) * round * round * scale; // the arch curves away from the viewer
                float shorter = upper ? (i == 1 ? 0.4f : i == 2 ? 0 : i == 0 ? 0 : 0.5f) : (i == 0 ? 0.3f : 0);
                float bite = edge.Y + rise + (sign * shorter * scale);
                float left = edge.X + (side * x);
                float right = edge.X + (side * (x + w));
                var box = new SKRect(Math.Min(left, right), Math.Min(bite, bite + (sign * height)),
                    Math.Max(left, right), Math.Max(bite, bite + (sign * height)));
                float shade = brightness * (1 - (0.55f * round * round));
                SKColor body = light.Shade(enamel * shade, Vector3.Normalize(new Vector3(side * round * 0.6f, 0, 1)), 0.9f, 0.05f, 20).Show();
                SKColor gum = light.Shade(enamel * new Rgb(0.86f, 0.72f, 0.68f) * shade, Vector3.UnitZ, 0.8f, 0, 1).Show();
                SKColor tip = light.Shade(enamel * new Rgb(0.93f, 0.95f, 1.0f) * shade, Vector3.UnitZ, 0.85f, 0, 1).Show();
                using SKShader shader = SKShader.CreateLinearGradient(
                    new SKPoint(0, bite), new SKPoint(0, bite + (sign * height)), [tip, body, body, gum], [0, 0.22f, 0.6f, 1], SKShaderTileMode.Clamp);
                using var builder = new SKPathBuilder();
                float corner = (i == 2 ? 1.7f : 1.15f) * scale;
                box.Inflate(0.12f, 0);
                builder.AddRoundRect(box, corner, corner * 1.15f, SKPathDirection.Clockwise);
                using SKPath path = builder.Detach();
                brush.Fill(canvas, path, shader);
                Span<SKPoint> gap = [new SKPoint(right, bite - (sign * 0.4f)), new SKPoint(right, bite + (sign * height * 0.5f)), new SKPoint(right, bite + (sign * height))];
                brush.Taper(canvas, gap, 0.6f, 0.1f, new Rgb(0.22f, 0.12f, 0.09f).Show(0.20f + (0.2f * round)));
                x += w;
            }
        }

        Span<SKPoint> mid = [new SKPoint(edge.X, edge.Y - (sign * 0.4f)), new SKPoint(edge.X, edge.Y + (sign * height * 0.5f)), new SKPoint(edge.X, edge.Y + (sign * height))];
        brush.Taper(canvas, mid, 0.6f, 0.1f, new Rgb(0.22f, 0.12f, 0.09f).Show(0.2f));
    }

    /// <summary>With the tongue between the teeth only the tips of the upper middle teeth lie over it.</summary>
    private void TeethTips(SKCanvas canvas, MouthShape mouth)
    {
        canvas.Save();
        canvas.ClipRect(new SKRect(mouth.UpperTeeth.X - 60, mouth.UpperTeeth.Y - 40, mouth.UpperTeeth.X + 60, mouth.UpperTeeth.Y + 1));
        Teeth(canvas, mouth.UpperTeeth, UpperWidths, true, mouth.Scale, mouth.Protrusion);
        canvas.Restore();
    }

    private void Tongue(SKCanvas canvas, FaceShape face)
    {
        FaceParameters p = face.Parameters;
        MouthShape mouth = face.Mouth;
        float scale = mouth.Scale * (1 - (0.25f * p.MouthPucker));
        float half = (16.5f + (1.5f * p.TongueOut)) * scale;
        SKPoint top = mouth.Tongue;
        float deep = 24;
        using var builder = new SKPathBuilder();
        builder.MoveTo(top.X - half, top.Y + deep);
        builder.CubicTo(top.X - half, top.Y + (deep * 0.2f), top.X - (half * 0.72f), top.Y, top.X, top.Y + (0.8f * (1 - p.TongueUp)));
        builder.CubicTo(top.X + (half * 0.72f), top.Y, top.X + half, top.Y + (deep * 0.2f), top.X + half, top.Y + deep);
        builder.Close();
        using SKPath path = builder.Detach();
        Rgb flesh = new(0.50f, 0.155f, 0.150f);
        float front = 0.55f + (0.3f * p.TongueUp) + (0.45f * p.TongueOut);
        using SKShader shader = SKShader.CreateLinearGradient(
            new SKPoint(0, top.Y - 1), new SKPoint(0, top.Y + 17),
            [(flesh * (front * Curve.Mix(0.62f, 1.15f, p.TongueOut))).Show(), (flesh * (front * Curve.Mix(1, 1.15f, p.TongueOut))).Show(), (flesh * (front * 0.8f)).Show()], [0, 0.45f, 1], SKShaderTileMode.Clamp);
        brush.Fill(canvas, path, shader);
        brush.Spot(canvas, new SKPoint(top.X, top.Y + 9), 2.4f, 9, new Rgb(0.16f, 0.03f, 0.03f).Show(0.42f));
        brush.Spot(canvas, new SKPoint(top.X - (half * 0.4f), top.Y + 5), half * 0.3f, 2.6f, new SKColor(255, 214, 208, 62), -12);
        brush.Spot(canvas, new SKPoint(top.X + (half * 0.4f), top.Y + 5), half * 0.3f, 2.6f, new SKColor(255, 214, 208, 40), 12);
    }

    private void Lip(SKCanvas canvas, SoftMesh mesh, SKPoint[] inner, SKPoint[] outer, bool upper, FaceShape face)
    {
        Rgb lips = Rgb.Hex(character.Palette.Lips);
        Rgb skin = Rgb.Hex(character.Palette.Skin);
        float gloss = 0.05f + (0.22f * character.MakeUp.LipGloss);
        var random = new SeededRandom(character.Seed + (upper ? 31 : 32));
        for (int i = 0; i < MouthShape.Points; i++)
        {
            float t = -MathF.Cos(MathF.PI * i / (MouthShape.Points - 1));
            float line = 1 + (0.035f * random.Normal() * (1 - character.Stylisation));
            for (int k = 0; k < Rows; k++)
            {
                // Row 0 fades into the mouth, row 1 is the inner contour, Rows - 2 the border, Rows - 1 fades into the skin.
                float s = Math.Clamp((k - 1f) / (Rows - 3), 0, 1);
                float ny = upper ? Curve.Mix(0.80f, -0.10f, MathF.Pow(s, 0.75f)) : Curve.Mix(-0.62f, 0.62f, MathF.Pow(s, 1.15f));
                var n = Vector3.Normalize(new Vector3((0.62f * t) - (face.SinYaw * 0.6f), ny, 0.86f));
                float cave = 1 - (0.42f * MathF.Pow(Math.Max(0, 1 - (s * 2.6f)), 1.6f)) - (0.34f * MathF.Pow(MathF.Abs(t), 5));
                float edge = Curve.Step(0.62f, 1.0f, s);
                Rgb albedo = Rgb.Mix(lips * line, skin, 0.42f * edge);
                Rgb colour = light.Shade(albedo, n, Math.Clamp(cave, 0.1f, 1), gloss * line * (upper ? 0.55f : 1), 26);
                float alpha = k == Rows - 1 || k == 0 ? 0 : k == Rows - 2 ? 0.5f : 1;
                // Corners of a wide mouth fade out; those of a rounded one are lips all over.
                float corner = Curve.Step(1.0f, 0.9f, MathF.Abs(t));
                alpha *= Curve.Mix(Math.Max(corner, Math.Min(1, 2.5f * (face.Mouth.Protrusion + (0.4f * face.Parameters.MouthFunnel)))), corner, s);
                SKPoint p = Curve.Mix(inner[i], outer[i], s);
                float beyond = k == Rows - 1 ? 1.5f : k == 0 ? -0.9f : 0;
                mesh.Set(k, i, new SKPoint(p.X, p.Y + (upper ? -beyond : beyond)), colour.Show(alpha));
            }
        }

        mesh.Draw(canvas);
    }

    private void Seam(SKCanvas canvas, MouthShape mouth)
    {
        Rgb dark = Rgb.Hex(character.Palette.Lips) * new Rgb(0.20f, 0.11f, 0.11f);
        for (int i = 0; i < MouthShape.Points; i++)
        {
            float t = -MathF.Cos(MathF.PI * i / (MouthShape.Points - 1));
            float gap = mouth.LowerInner[i].Y - mouth.UpperInner[i].Y;
            float shut = Curve.Step(2.5f, 0, gap) * Curve.Step(1.005f, 0.93f, MathF.Abs(t));
            float alpha = shut * (0.50f + (0.34f * t * t * t * t) - (0.10f * Curve.Bell(t, 0.3f)));
            SKPoint p = Curve.Mix(mouth.UpperInner[i], mouth.LowerInner[i], 0.5f);
            float wide = 1.25f + (0.7f * t * t);
            _seam.Set(0, i, new SKPoint(p.X, p.Y - wide), dark.Show(0));
            _seam.Set(1, i, new SKPoint(p.X, p.Y - 0.45f), dark.Show(alpha * 0.85f));
            _seam.Set(2, i, p, dark.Show(alpha));
            _seam.Set(3, i, new SKPoint(p.X, p.Y + 0.4f), dark.Show(alpha * 0.7f));
            _seam.Set(4, i, new SKPoint(p.X, p.Y + wide), dark.Show(0));
        }

        _seam.Draw(canvas);
        foreach (SKPoint corner in (ReadOnlySpan<SKPoint>)[mouth.UpperInner[0], mouth.UpperInner[^1]])
        {
            float inward = corner.X < mouth.UpperOuter[MouthShape.Points / 2].X ? 0.3f : -0.3f;
            brush.Spot(canvas, new SKPoint(corner.X + inward, corner.Y - 0.2f), 3.0f, 2.2f, dark.Show(0.40f));
        }
    }
}
