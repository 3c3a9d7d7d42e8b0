using System.Numerics;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Shades a surface: wrapped diffuse with red light bleeding farthest (skin), sky and bounce, and a soft highlight.</summary>
/// <remarks>Normals point to the viewer: x right, y down, z out of the picture.</remarks>
internal sealed class Light
{
    private readonly Vector3 _key;
    private readonly Vector3 _half;
    private readonly Rgb _keyColour;
    private readonly Rgb _sky;
    private readonly Rgb _bounce;

    public Light(CharacterLighting light, Rgb bounce)
    {
        _key = Vector3.Normalize(new Vector3(light.Side, -light.Height, 0.75f));
        _half = Vector3.Normalize(_key + Vector3.UnitZ);
        _keyColour = new Rgb(1 + light.Warmth, 1, 1 - (light.Warmth * 1.6f)) * light.Key;
        _sky = new Rgb(0.94f, 0.98f, 1.06f) * light.Fill;
        _bounce = Rgb.Mix(new Rgb(1.1f, 0.92f, 0.8f), bounce, 0.25f) * (light.Fill * 0.75f);
    }

    /// <summary>Direction to the key light.</summary>
    public Vector3 Key => _key;

    /// <summary>Light reflected to the viewer. <paramref name="ao"/>: 1 open, 0 hidden.</summary>
    public Rgb Shade(Rgb albedo, Vector3 n, float ao, float gloss, float shininess)
    {
        float d = Vector3.Dot(n, _key);
        float r = Wrap(d, 0.45f);
        float g = Wrap(d, 0.27f);
        float b = Wrap(d, 0.21f);
        float up = 0.5f - (0.5f * n.Y);
        Rgb ambient = Rgb.Mix(_bounce, _sky, up);
        float aoSlow = MathF.Sqrt(ao);
        float lit = 0.55f + (0.45f * ao);
        var light = new Rgb(
            (_keyColour.R * r * lit) + (ambient.R * aoSlow),
            (_keyColour.G * g * lit) + (ambient.G * ao),
            (_keyColour.B * b * lit) + (ambient.B * ao));
        float h = Math.Max(0, Vector3.Dot(n, _half));
        float spec = gloss * MathF.Pow(h, shininess) * ao;
        float rim = gloss * 0.35f * MathF.Pow(1 - Math.Clamp(n.Z, 0, 1), 3) * (0.4f + (0.6f * Wrap(d, 0.5f)));
        return (albedo * light) + (_keyColour * (spec + rim));
    }

    private static float Wrap(float d, float wrap)
    {
        float v = Math.Max(0, (d + wrap) / (1 + wrap));
        return v * MathF.Sqrt(v);
    }
}
