namespace Avatar2D.Sip.Transports;

/// <summary>Makes the transport of a listening point: sockets in the product, a wire in memory in tests.</summary>
public interface ISipTransportFactory
{
    /// <summary>
    /// A transport that is not started yet. Throws <see cref="NotSupportedException"/> for a protocol that it has not.
    /// </summary>
    ISipTransport Create(SipListeningPoint point);
}
