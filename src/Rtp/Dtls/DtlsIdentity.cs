using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Avatar2D.Rtp.Dtls;

/// <summary>Our certificate and key, made at start: peers know it by its fingerprint only, so nobody has to sign it (RFC 5763 §5).</summary>
internal sealed class DtlsIdentity
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3650);

    private readonly byte[] _certificate;
    private readonly AsymmetricKeyParameter _key;

    /// <summary>Makes a key on P-256 and signs its certificate with it.</summary>
    public DtlsIdentity(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=avatar2d", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        DateTimeOffset now = time.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now + Life);
        _certificate = certificate.RawData;
        _key = PrivateKeyFactory.CreateKey(key.ExportPkcs8PrivateKey());
        Fingerprint = DtlsFingerprint.Of(_certificate);
    }

    /// <summary>Of the certificate.</summary>
    public DtlsFingerprint Fingerprint { get; }

    /// <summary>Signs a handshake.</summary>
    public TlsCredentialedSigner SignerFor(TlsContext context, BcTlsCrypto crypto) => new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context), crypto, _key, new Certificate([new BcTlsCertificate(crypto, _certificate)]),
        new SignatureAndHashAlgorithm(Org.BouncyCastle.Tls.HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
}
