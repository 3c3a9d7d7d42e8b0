namespace Avatar2D.Rtp.Sdp;

/// <summary>An answer of ours to a peer's offer.</summary>
/// <param name="State">The next state.</param>
/// <param name="Sdp">The body to send.</param>
/// <param name="Negotiated">The outcome; compare it with the earlier state's by <see cref="NegotiatedSession.ChangesSince"/>.</param>
public sealed record AnswerResult(OfferAnswerState State, SdpSession Sdp, NegotiatedSession Negotiated);
