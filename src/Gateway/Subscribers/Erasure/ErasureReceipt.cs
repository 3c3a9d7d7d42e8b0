namespace Avatar2D.Gateway.Subscribers.Erasure;

/// <summary>Proof of an erasure (GDPR Art. 17): what was erased and when; nothing in it tells who it was.</summary>
internal sealed record ErasureReceipt
{
    /// <summary>"era_...".</summary>
    public required string Id { get; init; }

    /// <summary>The subscriber's id, which leads nowhere any more.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>Rows of the database that went.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>The avatars whose sources, packages, models and cached pictures went.</summary>
    public required IReadOnlyList<string> AvatarIds { get; init; }

    /// <summary>Uploads under way that went.</summary>
    public required IReadOnlyList<string> UploadIds { get; init; }

    /// <summary>Models that went.</summary>
    public required IReadOnlyList<string> ModelIds { get; init; }

    /// <summary>Jobs whose scratch folders went.</summary>
    public IReadOnlyList<string> JobIds { get; init; } = [];

    /// <summary>Files that went from the disk of the node that erased, and objects that went from the object store.</summary>
    public long Files { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the last file was gone; null: files are still there, they go at the next clean-up.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
