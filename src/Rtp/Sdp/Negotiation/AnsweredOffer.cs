namespace Avatar2D.Rtp.Sdp;

/// <summary>An offer of ours together with the peer's answer.</summary>
/// <param name="State">The next state; the offer is closed.</param>
/// <param name="Negotiated">The outcome.</param>
public sealed record AnsweredOffer(OfferAnswerState State, NegotiatedSession Negotiated);
