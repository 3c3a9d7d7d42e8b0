using System.Net;

namespace Avatar2D.Sip.Transports;

/// <summary>One address where SIP is heard, and the address that peers are told. Immutable.</summary>
public sealed record SipListeningPoint
{
    /// <summary>Transport. Default UDP.</summary>
    public SipTransportProtocol Protocol { get; init; } = SipTransportProtocol.Udp;

    /// <summary>Address and port to bind; 0.0.0.0 or [::] for all of one family, port 0 for any. Default 0.0.0.0:5060.</summary>
    public IPEndPoint Bind { get; init; } = new(IPAddress.Any, 5060);

    /// <summary>
    /// Host that Via and Contact carry (behind NAT: the outer one). Default: the local address towards the peer.
    /// </summary>
    public string? AdvertisedHost { get; init; }

    /// <summary>Port that Via and Contact carry. Default: the bound one.</summary>
    public int? AdvertisedPort { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Protocol.ParameterName()}:{Bind}";
}
