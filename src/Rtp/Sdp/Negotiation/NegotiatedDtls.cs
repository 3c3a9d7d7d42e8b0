namespace Avatar2D.Rtp.Sdp;

/// <summary>DTLS-SRTP as it was agreed for one line.</summary>
/// <param name="Peer">The certificate that the peer will show.</param>
/// <param name="IsClient">We begin the handshake.</param>
/// <param name="UsesIce">The peer checks its paths; ours are our credentials in <see cref="LocalMedia.Dtls"/>.</param>
public sealed record NegotiatedDtls(SdpFingerprint Peer, bool IsClient, bool UsesIce);
