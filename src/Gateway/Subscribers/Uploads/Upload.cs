namespace Avatar2D.Gateway.Subscribers.Uploads;

/// <summary>A file on its way in.</summary>
internal sealed record Upload
{
    /// <summary>"up_...".</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>Id that the avatar will have.</summary>
    public required string AvatarId { get; init; }

    /// <summary>Name that the avatar will have.</summary>
    public required string Name { get; init; }

    /// <summary>Announced size.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Bytes that are on the disk; the next range begins here.</summary>
    public long ReceivedBytes { get; init; }

    /// <summary>Announced SHA-256, hexadecimal; null: not announced.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Thrown away then, unless more comes.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
