using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Avatar2D.Rtp.Dtls;

/// <summary>The active side of a handshake (a=setup:active).</summary>
internal sealed class DtlsClientRole(DtlsHandshake handshake, BcTlsCrypto crypto) : DefaultTlsClient(crypto), TlsAuthentication
{
    /// <inheritdoc/>
    public override int GetHandshakeTimeoutMillis() => DtlsHandshake.LongestMs;

    /// <inheritdoc/>
    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        IDictionary<int, byte[]> extensions = TlsExtensionsUtilities.EnsureExtensionsInitialised(base.GetClientExtensions());
        DtlsHandshake.AddOffer(extensions);
        return extensions;
    }

    /// <inheritdoc/>
    public override void ProcessServerExtensions(IDictionary<int, byte[]> serverExtensions)
    {
        base.ProcessServerExtensions(serverExtensions);
        handshake.Choose(serverExtensions);
    }

    /// <inheritdoc/>
    public override TlsAuthentication GetAuthentication() => this;

    /// <inheritdoc/>
    public void NotifyServerCertificate(TlsServerCertificate serverCertificate) => handshake.CheckPeer(serverCertificate.Certificate);

    /// <inheritdoc/>
    public TlsCredentials GetClientCredentials(CertificateRequest certificateRequest) => handshake.SignerFor(m_context);

    /// <inheritdoc/>
    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        handshake.Finish(m_context, isClient: true);
    }

    /// <inheritdoc/>
    protected override ProtocolVersion[] GetSupportedVersions() => DtlsHandshake.Versions;

    /// <inheritdoc/>
    protected override int[] GetSupportedCipherSuites() => TlsUtilities.GetSupportedCipherSuites(Crypto, DtlsHandshake.CipherSuites);
}
