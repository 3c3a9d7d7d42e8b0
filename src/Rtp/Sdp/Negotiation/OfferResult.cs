namespace Avatar2D.Rtp.Sdp;

/// <summary>An offer of ours.</summary>
/// <param name="State">The next state; the offer is open.</param>
/// <param name="Sdp">The body to send.</param>
public sealed record OfferResult(OfferAnswerState State, SdpSession Sdp);
