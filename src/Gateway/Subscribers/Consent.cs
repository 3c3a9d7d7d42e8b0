namespace Avatar2D.Gateway.Subscribers;

/// <summary>A person's consent that an avatar shows their face (GDPR Art. 7: who, when, to what, and how to take it back).</summary>
internal sealed record Consent
{
    /// <summary>"con_...".</summary>
    public required string Id { get; init; }

    /// <summary>Whose avatar.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>Which avatar.</summary>
    public required string AvatarId { get; init; }

    /// <summary>Full name of the person whose face it is.</summary>
    public required string Person { get; init; }

    /// <summary>Version of the text that was agreed to.</summary>
    public required string TextVersion { get; init; }

    /// <summary>SHA-256 of the source that was agreed to; consent does not pass to another clip.</summary>
    public string? ArtefactSha256 { get; init; }

    /// <summary>One-time phrase; proof is a clip in which the person speaks it, judged by an operator.</summary>
    public required string Phrase { get; init; }

    /// <summary>Where it stands.</summary>
    public ConsentState State { get; init; }

    /// <summary>Key that brought it.</summary>
    public required string GivenBy { get; init; }

    /// <summary>Operator's key that approved it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When it was withdrawn.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
