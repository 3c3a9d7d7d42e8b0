namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>What an avatar was made of.</summary>
public enum AvatarKind
{
    /// <summary>One picture, moved by our own idle motion.</summary>
    Photo,

    /// <summary>A video.</summary>
    Video,

    /// <summary>Drawn by this program (<see cref="AvatarManifest.Drawing"/>).</summary>
    Drawn,
}
