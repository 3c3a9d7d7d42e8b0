using System.Net;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Where the peer wants packets.</summary>
/// <param name="Host">Address, or host name to be resolved.</param>
/// <param name="Port">UDP port.</param>
public sealed record RemoteEndpoint(string Host, int Port)
{
    /// <summary>The end point, or null where the host is a name.</summary>
    public IPEndPoint? ToIPEndPoint() => IPAddress.TryParse(Host, out IPAddress? address) ? new(address, Port) : null;

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
