using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Draws a brow: a soft shadow under strands that turn from upright at the nose to lying at the temple.</summary>
internal sealed class BrowPainter(GalleryCharacter character, Brush brush) : IDisposable
{
    private readonly SoftMesh _shadow = new(5, BrowShape.Points);

    public void Draw(SKCanvas canvas, BrowShape brow)
    {
        Rgb colour = Rgb.Hex(character.Palette.Brows);
        for (int i = 0; i < BrowShape.Points; i++)
        {
            float t = (float)i / (BrowShape.Points - 1);
            float ends = Curve.Step(0, 0.3f, t) * Curve.Step(1, 0.82f, t);
            for (int k = 0; k < 5; k++)
            {
                float s = (k / 2f) - 1;
                float alpha = (0.62f + (0.2f * character.Stylisation)) * ends * (1 - MathF.Pow(MathF.Abs(s), 2 + (4 * character.Stylisation)));
                SKPoint p = brow.Line[i];
                _shadow.Set(k, i, new SKPoint(p.X, p.Y + (s * brow.Thickness[i] * 1.25f)), (colour * 0.9f).Show(alpha));
            }
        }

        _shadow.Draw(canvas);
        if (character.Stylisation > 0.75f)
        {
            return;
        }

        Strands(canvas, brow, (int)(70 * (1 - (0.75f * character.Stylisation))), (colour * 0.75f).Show(0.72f), 11);
        Strands(canvas, brow, (int)(46 * (1 - (0.75f * character.Stylisation))), Rgb.Mix(colour * 1.5f, Rgb.Hex(character.Palette.HairLight), 0.3f).Show(0.42f), 12);
    }

    public void Dispose() => _shadow.Dispose();

    private void Strands(SKCanvas canvas, BrowShape brow, int count, SKColor colour, int salt)
    {
        var random = new SeededRandom(character.Seed + salt);
        Span<SKPoint> hair = stackalloc SKPoint[5];
        for (int i = 0; i < count; i++)
        {
            float t = Math.Clamp((i + random.Next()) / count, 0, 0.985f);
            if (random.Next() > 0.12f + Curve.Step(0, 0.22f, t))
            {
                continue;
            }

            float u = t * (BrowShape.Points - 1);
            SKPoint p = Curve.At(brow.Line, u);
            SKPoint q = Curve.At(brow.Line, Math.Min(BrowShape.Points - 1, u + 1));
            float thick = brow.Thickness[(int)u];
            float dx = q.X - p.X;
            float dy = q.Y - p.Y;
            float length = MathF.Max(0.01f, MathF.Sqrt((dx * dx) + (dy * dy)));
            dx /= length;
            dy /= length;
            float row = random.Next(-0.95f, 0.95f);
            float lie = Curve.Step(-0.05f, 0.5f, t);
            float along = Curve.Mix(0.25f, 1f, lie);
            float up = Curve.Mix(-0.75f, row > 0 ? -0.42f : 0.14f, lie);
            float l = (3.4f + (4.0f * lie) + random.Next(0, 2f)) * MathF.Sqrt(character.Proportions.EyeSize);
            float rootY = p.Y + (row * thick * 0.8f);
            float vx = (dx * along) + (random.Normal() * 0.08f);
            float vy = (dy * along) + (up * 0.8f) + (random.Normal() * 0.08f);
            for (int k = 0; k < hair.Length; k++)
            {
                float s = k / 4f;
                hair[k] = new SKPoint(p.X + (vx * l * s), rootY + (vy * l * s) + (0.9f * s * s * lie));
            }

            brush.AddTaper(hair, 0.95f, 0.25f);
        }

        brush.FillBatch(canvas, colour);
    }
}
