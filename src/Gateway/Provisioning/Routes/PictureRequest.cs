namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A call's picture switched.</summary>
internal sealed record PictureRequest
{
    /// <summary>True lets it on again, false takes it off.</summary>
    public required bool On { get; init; }
}
