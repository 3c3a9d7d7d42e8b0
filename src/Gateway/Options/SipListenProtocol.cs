namespace Avatar2D.Gateway.Options;

/// <summary>Transport protocol of a listen point.</summary>
public enum SipListenProtocol
{
    /// <summary>RFC 3261 §18 over UDP.</summary>
    Udp,

    /// <summary>RFC 3261 §18 over TCP.</summary>
    Tcp,

    /// <summary>RFC 3261 §26.2 over TLS.</summary>
    Tls,
}
