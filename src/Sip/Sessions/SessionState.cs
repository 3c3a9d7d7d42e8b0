namespace Avatar2D.Sip.Sessions;

/// <summary>Where the one INVITE usage of a session stands.</summary>
internal enum SessionPhase
{
    /// <summary>Made, nothing sent or taken yet.</summary>
    Idle,

    /// <summary>Our INVITE is out, no final answer.</summary>
    Calling,

    /// <summary>Our INVITE is out and we want it cancelled; the user has been told the end.</summary>
    Canceling,

    /// <summary>Their INVITE waits for our final answer.</summary>
    Incoming,

    /// <summary>A 2xx was sent or received.</summary>
    Established,

    /// <summary>The user has been told the end; BYE is out or waits for the ACK (RFC 3261 §15).</summary>
    Ending,

    /// <summary>Over.</summary>
    Terminated,
}

/// <summary>Our side's re-INVITE.</summary>
internal enum OwnOffer
{
    /// <summary>None.</summary>
    None,

    /// <summary>Sent, no final answer.</summary>
    Pending,

    /// <summary>Sent and cancelled, no final answer.</summary>
    Canceling,

    /// <summary>We asked without SDP and got the peer's offer in the 2xx: the ACK with our answer is owed.</summary>
    AckOwed,

    /// <summary>Got 491: waiting as RFC 3261 §14.1 says.</summary>
    RetryWait,
}

/// <summary>The peer's INVITE, re-INVITE or UPDATE with an offer.</summary>
internal enum PeerOffer
{
    /// <summary>None.</summary>
    None,

    /// <summary>A re-INVITE waits for our final answer.</summary>
    Pending,

    /// <summary>An UPDATE waits for our final answer (RFC 3311).</summary>
    PendingUpdate,

    /// <summary>Our 2xx is out, the ACK is not here.</summary>
    AwaitAck,

    /// <summary>Our 2xx with an offer is out; the ACK must bring the answer.</summary>
    AwaitAnswer,
}

/// <summary>Whole state of a session's signalling. Immutable value.</summary>
internal readonly record struct SessionState(SessionPhase Phase, OwnOffer Own, PeerOffer Peer)
{
    /// <summary>The offer of our open INVITE has its answer, in a reliable provisional response (RFC 3262 §5).</summary>
    public bool OwnAnswered { get; init; }

    /// <summary>The offer of the peer's first INVITE has our answer, in a reliable provisional response.</summary>
    public bool PeerAnswered { get; init; }

    /// <summary>A reliable provisional response of ours waits for its PRACK.</summary>
    public bool PrackOwed { get; init; }

    /// <summary>Our UPDATE with an offer has no final answer yet (RFC 3311).</summary>
    public bool UpdateOut { get; init; }

    /// <summary>Where every session starts.</summary>
    public static SessionState Start => default;

    /// <summary>An INVITE of ours that was sent inside the dialog has no final answer yet.</summary>
    public bool OwnUnanswered => Own is OwnOffer.Pending or OwnOffer.Canceling;

    /// <summary>A request of the peer waits for our final answer inside the dialog.</summary>
    public bool PeerUnanswered => Peer is PeerOffer.Pending or PeerOffer.PendingUpdate;

    /// <summary>Our 2xx waits for its ACK.</summary>
    public bool PeerUnacknowledged => Peer is PeerOffer.AwaitAck or PeerOffer.AwaitAnswer;
}
