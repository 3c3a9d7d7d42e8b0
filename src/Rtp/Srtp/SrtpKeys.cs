namespace Avatar2D.Rtp.Srtp;

/// <summary>The keys of one m-line; each direction has its own (RFC 4568 §5.1.2).</summary>
/// <param name="Send">Protects what we send.</param>
/// <param name="Receive">Opens what comes in.</param>
public sealed record SrtpKeys(SrtpKey Send, SrtpKey Receive);
