namespace Avatar2D.Gateway.Subscribers;

/// <summary>Somebody whose calls may carry an avatar.</summary>
internal sealed record Subscriber
{
    /// <summary>"sub_..." of our own.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Identities in the form of <see cref="SubscriberIdentity"/>; an identity belongs to one subscriber.</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    /// <summary>The avatar of the next call; null: none is chosen, the settings' default is shown.</summary>
    public string? ActiveAvatarId { get; init; }

    /// <summary>False: this subscriber's calls stay voice calls.</summary>
    public bool VideoEnabled { get; init; }

    /// <summary>Text drawn into the picture; null: that of the settings.</summary>
    public string? Label { get; init; }

    /// <summary>Counts the changes, from 1.</summary>
    public long Version { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
