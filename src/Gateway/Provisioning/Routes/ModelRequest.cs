namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>The face model that is to speak for an avatar.</summary>
internal sealed record ModelRequest
{
    /// <summary>Name of a robust model, or of a personal model of this avatar.</summary>
    public required string Model { get; init; }
}
