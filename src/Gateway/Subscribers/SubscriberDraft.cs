namespace Avatar2D.Gateway.Subscribers;

/// <summary>What a new subscriber is made of.</summary>
internal sealed record SubscriberDraft
{
    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>SIP URIs and tel numbers, at least one, in any spelling.</summary>
    public required IReadOnlyList<string> Identities { get; init; }

    /// <summary>False: calls stay voice calls.</summary>
    public bool VideoEnabled { get; init; } = true;

    /// <summary>Text drawn into the picture; null: that of the settings.</summary>
    public string? Label { get; init; }
}
