namespace Avatar2D.Sip.Sessions;

/// <summary>What became of an order to a session. No order throws for a race with the peer.</summary>
public enum SipOrder
{
    /// <summary>Accepted: the messages are on their way.</summary>
    Done,

    /// <summary>Not now: an INVITE of either side is under way, or the wait after 491. Try after the next event.</summary>
    Busy,

    /// <summary>The session is not (or no more) in a state for it.</summary>
    WrongState,
}
