namespace Avatar2D.Gateway.Subscribers.Keys;

/// <summary>A key of the API. The secret itself is nowhere: only its SHA-256 is kept.</summary>
internal sealed record ApiKey
{
    /// <summary>"key_...".</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do, separated by spaces, of <see cref="KeyScopes"/>.</summary>
    public required string Scopes { get; init; }

    /// <summary>The only subscriber that it may touch; null for an operator's key.</summary>
    public string? SubscriberId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Valid until then; null: no end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
