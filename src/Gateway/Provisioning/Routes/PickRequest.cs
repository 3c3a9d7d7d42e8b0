namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A character of the gallery as avatar.</summary>
internal sealed record PickRequest
{
    /// <summary>Name of the character.</summary>
    public required string Gallery { get; init; }

    /// <summary>Name of the avatar for people; left out: that of the character.</summary>
    public string? Name { get; init; }
}
