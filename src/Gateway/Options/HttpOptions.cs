namespace Avatar2D.Gateway.Options;

/// <summary>The HTTP side: health, metrics, API.</summary>
public sealed record HttpOptions
{
    /// <summary>Where HTTP listens. Empty: no HTTP. The default is reachable from this machine only.</summary>
    /// <value>Default: 127.0.0.1:8080. Unit: HOST:PORT, IPv6 in [].</value>
    public string Listen { get; init; } = "127.0.0.1:8080";
}
