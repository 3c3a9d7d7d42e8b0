namespace Avatar2D.Sip.Sessions;

/// <summary>What happens to a session: orders of its user, messages of the peer, timers.</summary>
internal enum SessionInput
{
    /// <summary>User: send the INVITE.</summary>
    Start,

    /// <summary>User: provisional response to the peer's INVITE or re-INVITE.</summary>
    Ring,

    /// <summary>User: provisional response that the peer must acknowledge (RFC 3262), without an answer in it.</summary>
    RingReliably,

    /// <summary>User: provisional response that the peer must acknowledge, with our answer.</summary>
    RingEarly,

    /// <summary>User: 2xx to the INVITE that brought an offer.</summary>
    Accept,

    /// <summary>User: 2xx with our offer to the INVITE that brought none.</summary>
    AcceptLate,

    /// <summary>User: 3xx to 6xx to the INVITE.</summary>
    Reject,

    /// <summary>User: end it, whatever that takes (CANCEL, failure, BYE).</summary>
    Hangup,

    /// <summary>User: send a re-INVITE.</summary>
    SendReinvite,

    /// <summary>User: send an UPDATE with an offer.</summary>
    SendUpdate,

    /// <summary>User: cancel the re-INVITE that is out.</summary>
    CancelReinvite,

    /// <summary>User: 2xx to the re-INVITE or UPDATE that brought an offer.</summary>
    AnswerReinvite,

    /// <summary>User: 2xx with our offer to the re-INVITE that brought none.</summary>
    AnswerReinviteLate,

    /// <summary>User: 3xx to 6xx to the re-INVITE or UPDATE.</summary>
    RejectReinvite,

    /// <summary>User: ACK with our answer to the offer in the peer's 2xx.</summary>
    SendAckBody,

    /// <summary>1xx to our INVITE.</summary>
    Provisional,

    /// <summary>The first reliable 1xx to our INVITE or re-INVITE that brought the answer; its PRACK is out.</summary>
    EarlyAnswer,

    /// <summary>2xx to our INVITE that carried an offer.</summary>
    Success,

    /// <summary>2xx with the peer's offer to our INVITE that carried none.</summary>
    SuccessLate,

    /// <summary>3xx to 6xx to our INVITE.</summary>
    Failure,

    /// <summary>Our INVITE timed out, or could not be sent or resolved.</summary>
    Lost,

    /// <summary>2xx to our re-INVITE that carried an offer.</summary>
    ReinviteSuccess,

    /// <summary>2xx with the peer's offer to our re-INVITE that carried none.</summary>
    ReinviteSuccessLate,

    /// <summary>491 to our re-INVITE.</summary>
    ReinviteGlare,

    /// <summary>408, 481 or silence to our re-INVITE: the dialog is gone (RFC 3261 §12.2.1.2).</summary>
    ReinviteGone,

    /// <summary>Any other failure of our re-INVITE: the session stays as it was (§14.1).</summary>
    ReinviteFailure,

    /// <summary>2xx to our UPDATE.</summary>
    UpdateSuccess,

    /// <summary>Our UPDATE failed.</summary>
    UpdateFailure,

    /// <summary>Our BYE has its final answer, or never gets one.</summary>
    ByeDone,

    /// <summary>INVITE: the first one, or a re-INVITE.</summary>
    PeerInvite,

    /// <summary>UPDATE with an offer.</summary>
    PeerUpdate,

    /// <summary>PRACK of our latest reliable provisional response.</summary>
    PeerPrack,

    /// <summary>64*T1 without PRACK.</summary>
    PrackTimeout,

    /// <summary>ACK of our latest 2xx.</summary>
    PeerAck,

    /// <summary>CANCEL of the peer's INVITE or re-INVITE.</summary>
    PeerCancel,

    /// <summary>BYE.</summary>
    PeerBye,

    /// <summary>64*T1 without ACK of our 2xx.</summary>
    AckTimeout,

    /// <summary>The wait after 491 is over.</summary>
    RetryDue,

    /// <summary>The guard of an unanswered INVITE or re-INVITE of ours, or of the peer's first INVITE, ran out.</summary>
    NoAnswer,
}
