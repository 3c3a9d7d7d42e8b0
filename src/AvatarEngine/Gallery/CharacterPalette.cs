namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Colours of a person as 0xRRGGBB in sRGB.</summary>
public sealed record CharacterPalette
{
    /// <summary>Skin in plain light.</summary>
    public uint Skin { get; init; } = 0xE3B394;

    /// <summary>Lips in plain light, make-up included.</summary>
    public uint Lips { get; init; } = 0xBF6A62;

    /// <summary>Hair in plain light.</summary>
    public uint Hair { get; init; } = 0x4A2F20;

    /// <summary>Lighter strands of the hair.</summary>
    public uint HairLight { get; init; } = 0x8A5A38;

    /// <summary>Brows.</summary>
    public uint Brows { get; init; } = 0x40291C;

    /// <summary>Iris.</summary>
    public uint Iris { get; init; } = 0x6B4A2C;

    /// <summary>Outer garment.</summary>
    public uint Clothes { get; init; } = 0x2F3E55;

    /// <summary>Inner garment, collar or trim.</summary>
    public uint ClothesAccent { get; init; } = 0xEDE7DF;

    /// <summary>Darker end of the background.</summary>
    public uint BackdropDark { get; init; } = 0x3D4A57;

    /// <summary>Lighter end of the background.</summary>
    public uint BackdropLight { get; init; } = 0xC9D3D8;
}
