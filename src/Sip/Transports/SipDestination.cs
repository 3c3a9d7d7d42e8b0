using System.Net;

namespace Avatar2D.Sip.Transports;

/// <summary>Where a message goes to, or came from.</summary>
/// <param name="Remote">Address and port. For an answer over a lost connection: where a new one is opened (RFC 3261
/// §18.2.2).</param>
/// <param name="ConnectionId">The connection to use while it lives; 0 for datagrams and for any connection to the
/// address.</param>
/// <param name="Host">The name that the address was found under, which the certificate of a TLS peer must bear (RFC 5922 §4);
/// null when it is only known by its address.</param>
public readonly record struct SipDestination(IPEndPoint Remote, long ConnectionId = 0, string? Host = null);

/// <summary>A transport together with the far end.</summary>
/// <param name="Transport">The transport.</param>
/// <param name="Destination">The far end.</param>
/// <param name="IsPinned">The far end stands behind NAT and is reached this way only.</param>
internal readonly record struct SipFlow(ISipTransport Transport, SipDestination Destination, bool IsPinned = false)
{
    /// <summary>The protocol of the transport.</summary>
    public SipTransportProtocol Protocol => Transport.ListeningPoint.Protocol;

    /// <summary>True when lost messages need not be repeated.</summary>
    public bool IsReliable => Protocol.IsReliable();
}
