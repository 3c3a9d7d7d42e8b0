namespace Avatar2D.Gateway.Subscribers;

/// <summary>An avatar of a subscriber.</summary>
internal sealed record SubscriberAvatar
{
    /// <summary>"av_..."; also the name under which calls know it.</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What it was made from.</summary>
    public AvatarKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public AvatarState State { get; init; }

    /// <summary>Gallery character; null for a person.</summary>
    public string? Gallery { get; init; }

    /// <summary>Media type of the source as found in its bytes; null without source.</summary>
    public string? SourceType { get; init; }

    /// <summary>Size of the source.</summary>
    public long? SourceBytes { get; init; }

    /// <summary>SHA-256 of the source, hexadecimal.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>When the source was erased by retention; null while it is there.</summary>
    public DateTimeOffset? SourceErasedAt { get; init; }

    /// <summary>The checks' verdicts as JSON, an array of <see cref="Verdict"/>; null before.</summary>
    public string? Verdicts { get; init; }

    /// <summary>What broke on our side; null unless <see cref="AvatarState.Failed"/>.</summary>
    public string? Failure { get; init; }

    /// <summary>Face model that speaks for it, "base-..." or "mod_..."; null: that of the settings.</summary>
    public string? Model { get; init; }

    /// <summary>Face model that spoke for it before, to go back to.</summary>
    public string? ModelBefore { get; init; }

    /// <summary>Counts the changes, from 1.</summary>
    public long Version { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The name under which the picture side knows it: the character of the gallery, else its own id.</summary>
    public string ShownAs => Gallery ?? Id;
}
