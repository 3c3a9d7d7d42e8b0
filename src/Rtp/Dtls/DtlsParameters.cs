namespace Avatar2D.Rtp.Dtls;

/// <summary>What SDP has settled for a DTLS association. The same again leaves a running one alone.</summary>
/// <param name="Peer">Certificate that the peer must show.</param>
/// <param name="IsClient">We begin the handshake (a=setup:active).</param>
public sealed record DtlsParameters(DtlsFingerprint Peer, bool IsClient);
