namespace Avatar2D.Rtp.Sdp;

/// <summary>The two sides of one line during an exchange.</summary>
/// <param name="Session">The peer's description.</param>
/// <param name="Media">The peer's line in it.</param>
/// <param name="Capabilities">What we can do.</param>
/// <param name="Local">Our line.</param>
internal sealed record LineContext(SdpSession Session, SdpMedia Media, SdpCapabilities Capabilities, LocalMedia Local);
