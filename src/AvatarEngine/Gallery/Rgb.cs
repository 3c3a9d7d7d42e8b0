using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Colour in linear light, 0 to 1 (above 1 is clipped softly when shown).</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    private static readonly byte[] ToSrgb = MakeTable();

    /// <summary>From 0xRRGGBB in sRGB.</summary>
    public static Rgb Hex(uint rgb) => new(Linear((rgb >> 16) & 255), Linear((rgb >> 8) & 255), Linear(rgb & 255));

    public static Rgb operator *(Rgb a, float k) => new(a.R * k, a.G * k, a.B * k);

    public static Rgb operator *(Rgb a, Rgb b) => new(a.R * b.R, a.G * b.G, a.B * b.B);

    public static Rgb operator +(Rgb a, Rgb b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Rgb Mix(Rgb a, Rgb b, float t) => (a * (1 - t)) + (b * t);

    /// <summary>sRGB for the canvas; <paramref name="alpha"/> 0 to 1.</summary>
    public SKColor Show(float alpha = 1) =>
        new(Byte(R), Byte(G), Byte(B), (byte)Math.Clamp((alpha * 255) + 0.5f, 0, 255));

    /// <summary>sRGB byte of a linear value; highlights above 0.8 are rolled off.</summary>
    public static byte Byte(float v)
    {
        if (v > 0.8f)
        {
            v = 0.8f + (0.2f * (1 - MathF.Exp((0.8f - v) * 5)));
        }

        return ToSrgb[(int)(Math.Clamp(v, 0, 1) * 4095)];
    }

    private static float Linear(uint v)
    {
        float s = v / 255f;
        return s <= 0.04045f ? s / 12.92f : MathF.Pow((s + 0.055f) / 1.055f, 2.4f);
    }

    private static byte[] MakeTable()
    {
        var table = new byte[4096];
        for (int i = 0; i < table.Length; i++)
        {
            float v = i / 4095f;
            float s = v <= 0.0031308f ? v * 12.92f : (1.055f * MathF.Pow(v, 1 / 2.4f)) - 0.055f;
            table[i] = (byte)((s * 255) + 0.5f);
        }

        return table;
    }
}
