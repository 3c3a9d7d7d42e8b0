namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>One key light, a fill from the sky and a warm bounce.</summary>
public sealed record CharacterLighting
{
    /// <summary>Side of the key light: -1 from the left of the picture, 1 from the right.</summary>
    public float Side { get; init; } = -0.55f;

    /// <summary>Height of the key light, 0.2 to 0.9.</summary>
    public float Height { get; init; } = 0.5f;

    /// <summary>Strength of the key light, 0.7 to 1.1.</summary>
    public float Key { get; init; } = 0.92f;

    /// <summary>Strength of the fill, 0.2 (dramatic) to 0.6 (flat).</summary>
    public float Fill { get; init; } = 0.4f;

    /// <summary>Warmth of the key light, -0.1 (daylight) to 0.15 (lamp).</summary>
    public float Warmth { get; init; } = 0.04f;
}
