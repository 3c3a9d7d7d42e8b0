using System.Net;

namespace Avatar2D.Rtp.Sessions;

/// <summary>The ports for media and the address they are opened on.</summary>
public sealed record RtpPortPoolOptions
{
    /// <summary>Local address, IPv4 or IPv6. Default 0.0.0.0.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Any;

    /// <summary>First port; an odd one is rounded up. Default 20,000.</summary>
    public int FirstPort { get; init; } = 20000;

    /// <summary>Last port, taken in. Default 29,999: 5,000 streams.</summary>
    public int LastPort { get; init; } = 29999;

    /// <summary>How long a port rests after use, so that a late stream cannot reach the next call. Default 5 s.</summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Kernel buffer per socket and direction, bytes. Default 256 KiB: a key frame in one burst.</summary>
    public int SocketBufferBytes { get; init; } = 262_144;
}
