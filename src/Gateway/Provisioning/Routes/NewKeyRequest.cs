namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>What a new key is to be.</summary>
internal sealed record NewKeyRequest
{
    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Scopes or roles (viewer, operator, admin); a subscriber's token takes the usual ones when it is left out.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Valid for so many days; left out: without end.</summary>
    public int? Days { get; init; }

    /// <summary><see cref="Days"/> as a span.</summary>
    public TimeSpan? ValidFor => Days is { } days ? TimeSpan.FromDays(days) : null;
}
