using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Avatar2D.Rtp.Dtls;

/// <summary>The passive side of a handshake (a=setup:passive).</summary>
internal sealed class DtlsServerRole(DtlsHandshake handshake, BcTlsCrypto crypto) : DefaultTlsServer(crypto)
{
    /// <inheritdoc/>
    public override int GetHandshakeTimeoutMillis() => DtlsHandshake.LongestMs;

    /// <inheritdoc/>
    public override CertificateRequest GetCertificateRequest() => new(
        [ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign], TlsUtilities.GetDefaultSupportedSignatureAlgorithms(m_context), null);

    /// <inheritdoc/>
    public override void NotifyClientCertificate(Certificate clientCertificate) => handshake.CheckPeer(clientCertificate);

    /// <inheritdoc/>
    public override void ProcessClientExtensions(IDictionary<int, byte[]> clientExtensions)
    {
        base.ProcessClientExtensions(clientExtensions);
        handshake.Choose(clientExtensions);
    }

    /// <inheritdoc/>
    public override IDictionary<int, byte[]> GetServerExtensions()
    {
        IDictionary<int, byte[]> extensions = TlsExtensionsUtilities.EnsureExtensionsInitialised(base.GetServerExtensions());
        handshake.AddChoice(extensions);
        return extensions;
    }

    /// <inheritdoc/>
    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        handshake.Finish(m_context, isClient: false);
    }

    /// <inheritdoc/>
    protected override ProtocolVersion[] GetSupportedVersions() => DtlsHandshake.Versions;

    /// <inheritdoc/>
    protected override int[] GetSupportedCipherSuites() => TlsUtilities.GetSupportedCipherSuites(Crypto, DtlsHandshake.CipherSuites);

    /// <inheritdoc/>
    protected override TlsCredentialedSigner GetECDsaSignerCredentials() => handshake.SignerFor(m_context);
}
