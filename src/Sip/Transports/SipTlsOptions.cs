namespace Avatar2D.Sip.Transports;

/// <summary>TLS of the SIP transports: RFC 3261 §26.2, RFC 5922. Immutable.</summary>
public sealed record SipTlsOptions
{
    /// <summary>
    /// Our certificates, PEM: each the file of the certificate, with the chain behind it, and the file of its private key (they may
    /// be one). A client that names a host (SNI) gets the first certificate that bears it, others get the first one; as a client we
    /// show the first one too.
    /// </summary>
    public required IReadOnlyList<(string CertificatePath, string KeyPath)> Certificates { get; init; }

    /// <summary>PEM file of the authorities that peers' certificates must come from. Null: those of the system.</summary>
    public string? TrustPath { get; init; }

    /// <summary>What is wanted of clients. Default: none is asked for, as phones have none.</summary>
    public TlsClientCertificates ClientCertificates { get; init; } = TlsClientCertificates.Ignore;

    /// <summary>The certificate of a server that we connect to must be good and bear its name. Default true.</summary>
    public bool VerifyServers { get; init; } = true;

    /// <summary>Changed files are looked for at most this often, when a connection is made. Default 10 s.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(10);
}
