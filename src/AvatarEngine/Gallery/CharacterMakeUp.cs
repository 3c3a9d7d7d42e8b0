namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Make-up, each from 0 (none) to 1 (strong).</summary>
public sealed record CharacterMakeUp
{
    /// <summary>Colour on the cheeks.</summary>
    public float Blush { get; init; }

    /// <summary>Shadow on the upper lids.</summary>
    public float EyeShadow { get; init; }

    /// <summary>Line along the upper lashes.</summary>
    public float Liner { get; init; }

    /// <summary>Length and darkness of the lashes.</summary>
    public float Lashes { get; init; }

    /// <summary>Shine of the lips.</summary>
    public float LipGloss { get; init; } = 0.3f;

    /// <summary>Colour of the eye shadow as 0xRRGGBB.</summary>
    public uint ShadowColour { get; init; } = 0x7A4A40;
}
