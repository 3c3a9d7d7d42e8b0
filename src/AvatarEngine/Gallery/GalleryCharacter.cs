namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Description of a drawn person; everything that <see cref="GalleryRenderer"/> needs besides the moving face.</summary>
public sealed record GalleryCharacter
{
    /// <summary>Short lower-case name, unique in the gallery.</summary>
    public required string Name { get; init; }

    /// <summary>Name to show.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Seed of strands, pores and motion.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Age on the face, 0 (twenty) to 1 (seventy).</summary>
    public float Age { get; init; } = 0.15f;

    /// <summary>Simplification of the skin and features, 0 (natural) to 1 (cartoon).</summary>
    public float Stylisation { get; init; }

    /// <summary>Density of freckles, 0 to 1.</summary>
    public float Freckles { get; init; }

    /// <summary>Colours.</summary>
    public CharacterPalette Palette { get; init; } = new();

    /// <summary>Shape of the head.</summary>
    public FaceProportions Proportions { get; init; } = new();

    /// <summary>Light.</summary>
    public CharacterLighting Lighting { get; init; } = new();

    /// <summary>Make-up.</summary>
    public CharacterMakeUp MakeUp { get; init; } = new();

    /// <summary>Cut of the hair.</summary>
    public HairStyle Hair { get; init; } = HairStyle.ShortSwept;

    /// <summary>Beard.</summary>
    public BeardStyle Beard { get; init; }

    /// <summary>Glasses.</summary>
    public GlassesStyle Glasses { get; init; }

    /// <summary>Clothes.</summary>
    public ClothesStyle Clothes { get; init; }

    /// <summary>Background.</summary>
    public BackdropStyle Backdrop { get; init; }

    /// <summary>A plausible person drawn by lot; the same seed gives the same person.</summary>
    public static GalleryCharacter Random(int seed) => CharacterGenerator.Create(seed);
}
