namespace Avatar2D.Rtp.Sdp;

/// <summary>What our line says where DTLS-SRTP (RFC 5763) is spoken, mostly with ICE (RFC 8839), of which we are the lite side.</summary>
/// <param name="Fingerprint">Of our certificate.</param>
/// <param name="IceUser">Our user fragment: 4 to 256 letters, digits, + or /.</param>
/// <param name="IcePassword">Our password: 22 to 256 of them. A secret.</param>
public sealed record LocalDtls(SdpFingerprint Fingerprint, string IceUser, string IcePassword)
{
    /// <inheritdoc/>
    public override string ToString() => IceUser;
}
