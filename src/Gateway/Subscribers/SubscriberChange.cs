namespace Avatar2D.Gateway.Subscribers;

/// <summary>A change of a subscriber: what is null stays as it is.</summary>
internal sealed record SubscriberChange
{
    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>The whole new list of identities.</summary>
    public IReadOnlyList<string>? Identities { get; init; }

    /// <summary>False: calls stay voice calls.</summary>
    public bool? VideoEnabled { get; init; }

    /// <summary>Text drawn into the picture; empty: that of the settings.</summary>
    public string? Label { get; init; }

    /// <summary>An avatar of this subscriber that is ready and consented to; empty: none.</summary>
    public string? ActiveAvatarId { get; init; }
}
