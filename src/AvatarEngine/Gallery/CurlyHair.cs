using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Dense curls: many small coiled locks over a round mass.</summary>
internal static class CurlyHair
{
    public static IReadOnlyList<HairGroup> Groups()
    {
        var random = new SeededRandom(4242);
        var groups = new List<HairGroup> { Mass() };
        const int Coils = 250;
        for (int i = 0; i < Coils; i++)
        {
            // From the rim inwards, so that inner coils lie over outer ones.
            float ring = 1 - (float)i / Coils;
            float angle = random.Next(-0.13f, 1.13f) * MathF.PI;
            float r = 0.80f + (0.26f * ring) + random.Next(-0.03f, 0.03f);
            float x = -MathF.Cos(angle) * 112 * r;
            float y = -36 - (MathF.Sin(angle) * 112 * r);
            float size = random.Next(7, 12);
            groups.Add(Coil(x, y, size, random));
        }

        return groups;
    }

    private static HairGroup Coil(float x, float y, float size, SeededRandom random)
    {
        float start = random.Next(0, MathF.Tau);
        float turn = random.Chance(0.5f) ? 1 : -1;
        float sink = random.Next(2, 8);
        SKPoint[] Line(float radius)
        {
            var line = new SKPoint[9];
            for (int k = 0; k < line.Length; k++)
            {
                float a = start + (turn * k * 0.72f);
                line[k] = new SKPoint(x + (MathF.Cos(a) * radius), y + (MathF.Sin(a) * radius * 0.9f) + (sink * k / 8f));
            }

            return line;
        }

        return new HairGroup(Line(size), Line(size * 0.55f))
        {
            Count = 20, Width = 1.1f, Spread = 0.7f, Locks = 0, Base = 0, Tone = random.Next(0.75f, 1.15f),
        };
    }

    private static HairGroup Mass()
    {
        SKPoint[] Arc(float r)
        {
            var line = new SKPoint[25];
            for (int k = 0; k < line.Length; k++)
            {
                float a = (-0.13f + (1.26f * k / 24f)) * MathF.PI;
                line[k] = new SKPoint(-MathF.Cos(a) * 112 * r, -36 - (MathF.Sin(a) * 112 * r));
            }

            return line;
        }

        return new HairGroup(Arc(1.05f), Arc(0.72f)) { Count = 600, Wave = 3, Waves = 9, Tone = 0.6f, Width = 1.4f };
    }
}
