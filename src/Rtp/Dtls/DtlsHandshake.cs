using Avatar2D.Rtp.Srtp;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Avatar2D.Rtp.Dtls;

/// <summary>What both roles of a handshake share: versions, suites, the check of the peer, the choice of the profile, the keys.</summary>
internal sealed class DtlsHandshake(DtlsIdentity identity, DtlsFingerprint peer, BcTlsCrypto crypto)
{
    /// <summary>A handshake that takes longer fails, milliseconds: a phone that has answered begins at once.</summary>
    public const int LongestMs = 30_000;

    /// <summary>DTLS 1.2 alone: 1.0 is withdrawn (RFC 8996), and browsers no longer speak it.</summary>
    public static readonly ProtocolVersion[] Versions = ProtocolVersion.DTLSv12.Only();

    /// <summary>With forward secrecy; our certificate is ECDSA, a peer's may be RSA.</summary>
    public static readonly int[] CipherSuites =
    [
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
    ];

    private static readonly byte[] NoMki = [];

    private SrtpSuite? _suite;
    private int _profile;

    /// <summary>Keys of the finished handshake; null before.</summary>
    public SrtpKeys? Keys { get; private set; }

    /// <summary>Our signature.</summary>
    public TlsCredentialedSigner SignerFor(TlsContext context) => identity.SignerFor(context, crypto);

    /// <summary>The peer must show the certificate that its SDP named.</summary>
    /// <exception cref="TlsFatalAlert">It does not.</exception>
    public void CheckPeer(Certificate? chain)
    {
        if (chain is null || chain.IsEmpty)
            throw new TlsFatalAlert(AlertDescription.certificate_required, "the peer shows no certificate");
        if (!peer.Fits(chain.GetCertificateAt(0).GetEncoded()))
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the peer's certificate is not the one that its SDP names");
    }

    /// <summary>use_srtp with all profiles, as a client offers it.</summary>
    public static void AddOffer(IDictionary<int, byte[]> extensions) =>
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData(DtlsProfiles.All, NoMki));

    /// <summary>use_srtp with the chosen profile, as a server answers it.</summary>
    public void AddChoice(IDictionary<int, byte[]> extensions) =>
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData([_profile], NoMki));

    /// <summary>Takes the first of our profiles that the peer has too.</summary>
    /// <exception cref="TlsFatalAlert">There is none, or no use_srtp at all.</exception>
    public void Choose(IDictionary<int, byte[]>? extensions)
    {
        int[] offered = extensions is null ? [] : TlsSrtpUtilities.GetUseSrtpExtension(extensions)?.ProtectionProfiles ?? [];
        _profile = DtlsProfiles.All.FirstOrDefault(offered.Contains);
        _suite = DtlsProfiles.SuiteOf(_profile) ?? throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
    }

    /// <summary>The handshake is over: exports the keys (RFC 5764 §4.2).</summary>
    public void Finish(TlsContext context, bool isClient)
    {
        SrtpSuite suite = _suite ?? throw new TlsFatalAlert(AlertDescription.internal_error);
        byte[] material = context.ExportKeyingMaterial(ExporterLabel.dtls_srtp, null, DtlsProfiles.MaterialBytes(suite));
        Keys = DtlsProfiles.Keys(suite, material, isClient);
    }
}
