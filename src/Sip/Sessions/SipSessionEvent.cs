using Avatar2D.Sip.Dialogs;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// What a session tells its owner through <see cref="ISipSessionSink"/>. Immutable. After <see cref="Terminated"/>, which comes
/// exactly once, no other event follows.
/// </summary>
public abstract record SipSessionEvent
{
    private SipSessionEvent()
    {
    }

    /// <summary>The peer's first INVITE; answer with Ring, Accept or Reject.</summary>
    /// <param name="Body">The offer; null for a late offer: Accept then brings ours.</param>
    public sealed record IncomingInvite(SipBody? Body) : SipSessionEvent;

    /// <summary>The peer took its INVITE back; <see cref="Terminated"/> follows.</summary>
    public sealed record Canceled : SipSessionEvent;

    /// <summary>A provisional response to our INVITE, 100 excepted.</summary>
    /// <param name="Status">101 to 199.</param>
    /// <param name="Body">Early media description, if any.</param>
    public sealed record Progress(int Status, SipBody? Body) : SipSessionEvent;

    /// <summary>
    /// The answer to the offer of our INVITE or re-INVITE, in a reliable provisional response (RFC 3262); acknowledged already. The
    /// final answer still follows; it brings the same or nothing.
    /// </summary>
    /// <param name="Body">The answer.</param>
    public sealed record EarlyAnswered(SipBody? Body) : SipSessionEvent;

    /// <summary>The peer acknowledged our reliable provisional response.</summary>
    public sealed record EarlyAcknowledged : SipSessionEvent;

    /// <summary>2xx to our UPDATE.</summary>
    /// <param name="Body">The answer.</param>
    public sealed record UpdateAnswered(SipBody? Body) : SipSessionEvent;

    /// <summary>Our UPDATE failed: its offer is void.</summary>
    /// <param name="Status">300 to 699; 408 for silence.</param>
    /// <param name="RetryAfter">When the peer wants to be asked again.</param>
    public sealed record UpdateRefused(int Status, TimeSpan? RetryAfter) : SipSessionEvent;

    /// <summary>
    /// 2xx to our INVITE; acknowledged already unless ours had no body: then <paramref name="Body"/> is an offer and AckWithBody
    /// must follow.
    /// </summary>
    /// <param name="Body">The answer, or the offer.</param>
    public sealed record Answered(SipBody? Body) : SipSessionEvent;

    /// <summary>Our INVITE failed; <see cref="Terminated"/> follows.</summary>
    /// <param name="Status">300 to 699; 408 for silence, 503 when it could not be sent.</param>
    /// <param name="Reason">Reason phrase.</param>
    /// <param name="RetryAfter">When the peer wants to be asked again.</param>
    public sealed record Refused(int Status, string Reason, TimeSpan? RetryAfter) : SipSessionEvent;

    /// <summary>The peer acknowledged our 2xx.</summary>
    /// <param name="Body">Its answer when the offer was in our 2xx.</param>
    public sealed record AckReceived(SipBody? Body) : SipSessionEvent;

    /// <summary>A re-INVITE, or an UPDATE with an offer: answer with AnswerReinvite or RejectReinvite.</summary>
    /// <param name="Body">The offer; null when our answer must bring an offer (late offer).</param>
    /// <param name="IsUpdate">It is an UPDATE (RFC 3311): no ACK follows our answer.</param>
    public sealed record ReinviteReceived(SipBody? Body, bool IsUpdate) : SipSessionEvent;

    /// <summary>The peer took its re-INVITE back: its offer is void, the session stays.</summary>
    public sealed record ReinviteCanceled : SipSessionEvent;

    /// <summary>2xx to our re-INVITE; acknowledged already unless ours had no body: then AckWithBody must follow.</summary>
    /// <param name="Body">The answer, or the offer.</param>
    public sealed record ReinviteAnswered(SipBody? Body) : SipSessionEvent;

    /// <summary>
    /// Our re-INVITE failed: our offer is void, the session stays as it was (408 and 481 end it: <see cref="Terminated"/>
    /// follows).
    /// </summary>
    /// <param name="Status">300 to 699.</param>
    /// <param name="RetryAfter">When the peer wants to be asked again.</param>
    /// <param name="RetryScheduled">After 491: <see cref="ReinviteRetryDue"/> will follow.</param>
    public sealed record ReinviteRefused(int Status, TimeSpan? RetryAfter, bool RetryScheduled) : SipSessionEvent;

    /// <summary>The wait after 491 is over (RFC 3261 §14.1): make a fresh offer, if it is still wanted.</summary>
    public sealed record ReinviteRetryDue : SipSessionEvent;

    /// <summary>INFO; answered with 200 already.</summary>
    /// <param name="ContentType">Media type, empty when there is no body.</param>
    /// <param name="Body">Content.</param>
    public sealed record InfoReceived(string ContentType, ReadOnlyMemory<byte> Body) : SipSessionEvent;

    /// <summary>No ACK for our 2xx within 64*T1: BYE is out; <see cref="Terminated"/> follows.</summary>
    public sealed record AckTimedOut : SipSessionEvent;

    /// <summary>The session is over. Last event.</summary>
    /// <param name="Cause">Who or what ended it.</param>
    /// <param name="Status">The SIP status behind the end; 0 for a plain BYE.</param>
    /// <param name="Reason">Reason header of the peer's BYE or CANCEL (RFC 3326), if any.</param>
    public sealed record Terminated(SipEndCause Cause, int Status, string? Reason) : SipSessionEvent;
}
