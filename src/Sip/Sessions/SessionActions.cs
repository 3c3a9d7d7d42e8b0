namespace Avatar2D.Sip.Sessions;

/// <summary>What the session does after a transition, in the order of the bits: replies, requests, timers, events.</summary>
[Flags]
internal enum SessionActions : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Send the user's response to the peer's INVITE, re-INVITE or UPDATE.</summary>
    Respond = 1UL << 0,

    /// <summary>200 to the BYE or CANCEL at hand.</summary>
    ReplyOk = 1UL << 1,

    /// <summary>481 to the request at hand.</summary>
    Reply481 = 1UL << 2,

    /// <summary>491 to the request at hand (§14.2).</summary>
    Reply491 = 1UL << 3,

    /// <summary>500 with Retry-After 0 to 10 s to the request at hand (§14.2).</summary>
    Reply500 = 1UL << 4,

    /// <summary>487 to the peer's request that still waits (§15.1.2).</summary>
    CutPending = 1UL << 5,

    /// <summary>Send the first INVITE.</summary>
    SendInvite = 1UL << 6,

    /// <summary>Send a re-INVITE.</summary>
    SendReinvite = 1UL << 7,

    /// <summary>Send CANCEL as soon as a provisional response allows it (§9.1).</summary>
    SendCancel = 1UL << 8,

    /// <summary>Send the ACK of the 2xx, with the user's answer if one is at hand.</summary>
    SendAck = 1UL << 9,

    /// <summary>No interest in the own INVITE any more: do not wait for its end without limit.</summary>
    AbandonInvite = 1UL << 10,

    /// <summary>Send BYE.</summary>
    SendBye = 1UL << 11,

    /// <summary>Repeat our 2xx until ACK, 64*T1 at most (§13.3.1.4).</summary>
    ArmAck = 1UL << 12,

    /// <summary>ACK came or the session ends: stop that.</summary>
    StopAck = 1UL << 13,

    /// <summary>Start the wait after 491.</summary>
    ArmRetry = 1UL << 14,

    /// <summary>Stop that wait.</summary>
    StopRetry = 1UL << 15,

    /// <summary>Start the guard of an unanswered INVITE.</summary>
    ArmNoAnswer = 1UL << 16,

    /// <summary>Stop that guard.</summary>
    StopNoAnswer = 1UL << 17,

    /// <summary>Show the call to the handler, then <see cref="SipSessionEvent.IncomingInvite"/>.</summary>
    Introduce = 1UL << 18,

    /// <summary>Post <see cref="SipSessionEvent.Progress"/>.</summary>
    PostProgress = 1UL << 19,

    /// <summary>Post <see cref="SipSessionEvent.Answered"/>.</summary>
    PostAnswered = 1UL << 20,

    /// <summary>Post <see cref="SipSessionEvent.Refused"/>.</summary>
    PostRefused = 1UL << 21,

    /// <summary>Post <see cref="SipSessionEvent.Canceled"/>.</summary>
    PostCanceled = 1UL << 22,

    /// <summary>Post <see cref="SipSessionEvent.AckReceived"/>.</summary>
    PostAck = 1UL << 23,

    /// <summary>Post <see cref="SipSessionEvent.AckTimedOut"/>.</summary>
    PostAckTimedOut = 1UL << 24,

    /// <summary>Post <see cref="SipSessionEvent.ReinviteReceived"/>.</summary>
    PostReinvite = 1UL << 25,

    /// <summary>Post <see cref="SipSessionEvent.ReinviteCanceled"/>.</summary>
    PostReinviteCanceled = 1UL << 26,

    /// <summary>Post <see cref="SipSessionEvent.ReinviteAnswered"/>.</summary>
    PostReinviteAnswered = 1UL << 27,

    /// <summary>Post <see cref="SipSessionEvent.ReinviteRefused"/>.</summary>
    PostReinviteRefused = 1UL << 28,

    /// <summary>Post <see cref="SipSessionEvent.ReinviteRetryDue"/>.</summary>
    PostRetryDue = 1UL << 29,

    /// <summary>Post <see cref="SipSessionEvent.Terminated"/>: once per session, its last event.</summary>
    PostTerminated = 1UL << 30,

    /// <summary>Leave the dialog table.</summary>
    Release = 1UL << 31,

    /// <summary>Send UPDATE with the user's offer.</summary>
    SendUpdate = 1UL << 32,

    /// <summary>Repeat our reliable provisional response until PRACK, 64*T1 at most (RFC 3262 §3).</summary>
    ArmPrack = 1UL << 33,

    /// <summary>PRACK came or the session ends: stop that.</summary>
    StopPrack = 1UL << 34,

    /// <summary>Keep the user's 2xx until the PRACK is here (RFC 3262 §3).</summary>
    HoldAccept = 1UL << 35,

    /// <summary>Post <see cref="SipSessionEvent.EarlyAnswered"/>.</summary>
    PostEarlyAnswered = 1UL << 36,

    /// <summary>Post <see cref="SipSessionEvent.UpdateAnswered"/>.</summary>
    PostUpdateAnswered = 1UL << 37,

    /// <summary>Post <see cref="SipSessionEvent.UpdateRefused"/>.</summary>
    PostUpdateRefused = 1UL << 38,

    /// <summary>Post <see cref="SipSessionEvent.EarlyAcknowledged"/>.</summary>
    PostPrack = 1UL << 39,
}
