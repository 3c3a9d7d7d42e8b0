namespace Avatar2D.Sip.Transports;

/// <summary>What carries SIP: RFC 3261 §18.</summary>
public enum SipTransportProtocol
{
    /// <summary>Datagrams; the transactions repeat what is lost.</summary>
    Udp,

    /// <summary>Streams.</summary>
    Tcp,

    /// <summary>Streams under TLS (RFC 3261 §26.2).</summary>
    Tls,
}

/// <summary>Facts about the transports.</summary>
public static class SipTransportProtocols
{
    /// <summary>True when the transport repeats lost data by itself, so that the transactions need not.</summary>
    public static bool IsReliable(this SipTransportProtocol protocol) => protocol != SipTransportProtocol.Udp;

    /// <summary>The name in a Via: <c>UDP</c>, <c>TCP</c>, <c>TLS</c>.</summary>
    public static string ViaName(this SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Udp => "UDP",
        SipTransportProtocol.Tcp => "TCP",
        _ => "TLS",
    };

    /// <summary>The value of a transport parameter of a URI: <c>udp</c>, <c>tcp</c>, <c>tls</c>.</summary>
    public static string ParameterName(this SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Udp => "udp",
        SipTransportProtocol.Tcp => "tcp",
        _ => "tls",
    };

    /// <summary>5061 for TLS, 5060 for the others (RFC 3261 §19.1.2).</summary>
    public static int DefaultPort(this SipTransportProtocol protocol) => protocol == SipTransportProtocol.Tls ? 5061 : 5060;

    /// <summary>The protocol of a Via or of a transport parameter; false when it is none of ours.</summary>
    public static bool TryParse(string? name, out SipTransportProtocol protocol)
    {
        switch (name?.ToUpperInvariant())
        {
            case "UDP":
                protocol = SipTransportProtocol.Udp;
                return true;
            case "TCP":
                protocol = SipTransportProtocol.Tcp;
                return true;
            case "TLS":
                protocol = SipTransportProtocol.Tls;
                return true;
            default:
                protocol = default;
                return false;
        }
    }
}
