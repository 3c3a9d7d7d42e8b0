namespace Avatar2D.AvatarEngine.Heads;

/// <summary>What a triangle of a head is made of.</summary>
internal enum HeadMaterial : byte
{
    /// <summary>Not painted: tear film, shells around the eyeball.</summary>
    None,

    /// <summary>Face, ears, scalp and neck.</summary>
    Skin,

    /// <summary>Eyeball with its iris.</summary>
    EyeLeft,

    /// <summary>As <see cref="EyeLeft"/>.</summary>
    EyeRight,

    /// <summary>Eyelashes.</summary>
    Lashes,

    /// <summary>Gums and tongue.</summary>
    Gums,

    /// <summary>Teeth.</summary>
    Teeth,
}
