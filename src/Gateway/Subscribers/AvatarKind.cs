namespace Avatar2D.Gateway.Subscribers;

/// <summary>What an avatar was made from.</summary>
internal enum AvatarKind
{
    /// <summary>A drawn character of the gallery; nobody's face, so nobody has to consent.</summary>
    Gallery,

    /// <summary>A photo.</summary>
    Photo,

    /// <summary>A video.</summary>
    Video,
}
