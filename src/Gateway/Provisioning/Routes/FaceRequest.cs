namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>What another face a live call is to show: an avatar of its subscriber, or a character of the gallery.</summary>
internal sealed record FaceRequest
{
    /// <summary>An avatar of the call's subscriber.</summary>
    public string? AvatarId { get; init; }

    /// <summary>A character of the gallery.</summary>
    public string? Gallery { get; init; }
}
