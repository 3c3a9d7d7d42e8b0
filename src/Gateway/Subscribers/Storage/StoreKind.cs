namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>What the store keeps as files, one file or folder for each id.</summary>
internal enum StoreKind
{
    /// <summary>The photo or video behind an avatar: a file.</summary>
    Sources,

    /// <summary>Avatar packages: folders.</summary>
    Packages,

    /// <summary>Personalized models: folders.</summary>
    Models,
}
