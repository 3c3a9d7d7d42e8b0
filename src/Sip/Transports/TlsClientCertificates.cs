namespace Avatar2D.Sip.Transports;

/// <summary>What is wanted of the certificates of TLS clients.</summary>
public enum TlsClientCertificates
{
    /// <summary>None is asked for.</summary>
    Ignore,

    /// <summary>One is asked for and, when there is one, checked.</summary>
    Request,

    /// <summary>Without a good one there is no connection.</summary>
    Require,
}
