namespace Avatar2D.Sip.Sessions;

/// <summary>Who or what ended a session.</summary>
public enum SipEndCause
{
    /// <summary>The peer sent BYE.</summary>
    RemoteBye,

    /// <summary>We sent BYE.</summary>
    LocalBye,

    /// <summary>The peer took its INVITE back.</summary>
    RemoteCancel,

    /// <summary>We took our INVITE back.</summary>
    LocalCancel,

    /// <summary>The peer answered our INVITE with a failure.</summary>
    RemoteReject,

    /// <summary>We answered the peer's INVITE with a failure.</summary>
    LocalReject,

    /// <summary>A message could not be sent, or the target has no address.</summary>
    Transport,

    /// <summary>An answer did not come in time.</summary>
    Timeout,

    /// <summary>Our 2xx was never acknowledged.</summary>
    AckTimeout,

    /// <summary>The peer does not know the dialog any more (481 or 408 to our re-INVITE).</summary>
    DialogGone,

    /// <summary>The session was not refreshed in time (RFC 4028 §10).</summary>
    SessionExpired,

    /// <summary>The owner's mailbox was full.</summary>
    Overload,
}
