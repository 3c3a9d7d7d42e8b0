using System.Numerics;
using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Paints sheets of hair strand by strand; each piece of a strand is lit by its direction, which gives the bands of shine.</summary>
internal sealed class HairPainter(GalleryCharacter character, Light light)
{
    private const int MostPieces = 34;

    private readonly Rgb _colour = Rgb.Hex(character.Palette.Hair);
    private readonly Rgb _bright = Rgb.Hex(character.Palette.HairLight);

    /// <summary>Paints in order; <paramref name="detail"/> scales the number of strands (1 at 512 px).</summary>
    public void Draw(SKCanvas canvas, IEnumerable<HairGroup> groups, float detail)
    {
        using var paint = new SKPaint { IsAntialias = true, StrokeCap = SKStrokeCap.Round };
        int salt = 0;
        foreach (HairGroup group in groups)
        {
            salt += 101;
            var random = new SeededRandom(character.Seed + salt);
            Base(canvas, group, paint);
            Strands(canvas, group, detail, paint, random);
        }
    }

    private void Base(SKCanvas canvas, HairGroup group, SKPaint paint)
    {
        if (group.Base <= 0)
        {
            return;
        }

        var a = new SKPoint[40];
        var b = new SKPoint[40];
        paint.Style = SKPaintStyle.Fill;
        using SKMaskFilter soft = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 1.1f);
        paint.MaskFilter = soft;
        for (int g = 0; g + 1 < group.Guides.Length; g++)
        {
            Curve.Through(group.Guides[g], a);
            Curve.Through(group.Guides[g + 1], b);
            using SKPath path = Curve.Between(a, b);
            paint.Color = (_colour * (0.34f * group.Tone)).Show(group.Base);
            canvas.DrawPath(path, paint);
        }

        paint.MaskFilter = null;
    }

    private void Strands(SKCanvas canvas, HairGroup group, float detail, SKPaint paint, SeededRandom random)
    {
        int count = Math.Max(8, (int)(group.Count * detail));
        int spans = group.Guides.Length - 1;
        int pieces = Math.Clamp((int)(MostPieces * MathF.Sqrt(detail)), 10, MostPieces);
        Span<SKPoint> line = stackalloc SKPoint[MostPieces];
        line = line[..pieces];
        paint.Style = SKPaintStyle.Stroke;
        float thicker = MathF.Sqrt(Math.Max(1, 1 / detail)); // fewer strands cover the same area
        float lockPhase = random.Next(0, 6);
        for (int n = 0; n < count; n++)
        {
            float w = random.Next();
            float u = w * spans;
            if (group.Locks > 0)
            {
                // Strands gather towards the middle of their lock.
                float cell = w * group.Locks;
                float inCell = cell - MathF.Floor(cell) - 0.5f;
                float gathered = (MathF.Floor(cell) + 0.5f + (inCell * 0.86f)) / group.Locks;
                u = gathered * spans;
            }

            int g = Math.Clamp((int)u, 0, Math.Max(0, spans - 1));
            float f = u - g;
            float lockIndex = group.Locks > 0 ? MathF.Floor(w * group.Locks) : n;
            float lockTone = 0.74f + (0.5f * Hash(lockIndex + lockPhase));
            float phase = (Hash(lockIndex + 7 + lockPhase) * 1.6f) + random.Next(-0.22f, 0.22f) + (w * 2.4f);
            float offX = random.Normal() * group.Spread;
            float offY = random.Normal() * group.Spread;
            float end = 1 - (group.ShortEnds * random.Next() * random.Next());
            float tone = lockTone * random.Next(0.82f, 1.16f) * group.Tone;
            bool sun = random.Chance(0.25f);
            float jitter = random.Next();
            SKPoint[] a = group.Guides[g];
            SKPoint[] b = group.Guides[Math.Min(g + 1, group.Guides.Length - 1)];
            for (int i = 0; i < pieces; i++)
            {
                float s = end * (i == 0 ? 0 : i == pieces - 1 ? 1 : (i - 0.5f + jitter) / (pieces - 1));
                SKPoint p = Curve.Mix(Curve.At(a, s * (a.Length - 1)), Curve.At(b, s * (b.Length - 1)), f);
                float swing = group.Wave * s * MathF.Sin((s * group.Waves * MathF.Tau) + phase);
                float loose = group.Loose + s;
                line[i] = new SKPoint(p.X + swing + (offX * loose), p.Y + (offY * loose * 0.8f) + (swing * 0.25f));
            }

            Stroke(canvas, line, group.Width * thicker * random.Next(0.7f, 1.25f), tone, sun, paint);
        }
    }

    private void Stroke(SKCanvas canvas, ReadOnlySpan<SKPoint> line, float width, float tone, bool sun, SKPaint paint)
    {
        Rgb albedo = Rgb.Mix(_colour, _bright, sun ? 0.40f : 0.12f) * tone;
        for (int i = 0; i + 1 < line.Length; i++)
        {
            SKPoint p = line[i];
            SKPoint q = line[i + 1];
            float t = (float)i / (line.Length - 1);
            Vector3 n = Round(p);
            var along = new Vector3(q.X - p.X, q.Y - p.Y, (Round(q).Z - n.Z) * 60);
            along = along.LengthSquared() < 1e-6f ? Vector3.UnitY : Vector3.Normalize(along);
            float key = Vector3.Dot(n, light.Key);
            float tl = Vector3.Dot(along, light.Key);
            float half = Vector3.Dot(along, Vector3.Normalize(light.Key + Vector3.UnitZ));
            float diffuse = MathF.Sqrt(Math.Max(0, 1 - (tl * tl))) * Math.Max(0, (key + 0.55f) / 1.55f);
            float shine = MathF.Pow(Math.Max(0, 1 - (half * half)), 26) * Math.Max(0, key + 0.25f);
            float roots = 0.62f + (0.38f * Curve.Step(0, 0.22f, t));
            Rgb colour = (albedo * ((0.30f + (0.95f * diffuse)) * roots))
                + (Rgb.Mix(_bright, new Rgb(1, 0.93f, 0.84f), 0.16f) * (0.22f * shine * tone));
            paint.Color = colour.Show();
            paint.StrokeWidth = width * (1 - (0.72f * Curve.Step(0.7f, 1, t)));
            canvas.DrawLine(p, q, paint);
        }
    }

    private static Vector3 Round(SKPoint p)
    {
        float x = p.X / 122;
        float y = (p.Y + 28) / 132;
        y = y < 0.2f ? Math.Max(y, -0.98f) : 0.2f + (0.3f * MathF.Tanh((y - 0.2f) / 0.5f)); // below the ears hair hangs straight
        float z = MathF.Sqrt(Math.Max(0.05f, 1 - (x * x) - (y * y)));
        return Vector3.Normalize(new Vector3(x, y, z));
    }

    private static float Hash(float v)
    {
        float s = MathF.Sin(v * 127.1f) * 43758.547f;
        return s - MathF.Floor(s);
    }
}
