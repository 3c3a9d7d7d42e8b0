namespace Avatar2D.Sip.Sessions;

/// <summary>The mailbox of the owner of a session.</summary>
public interface ISipSessionSink
{
    /// <summary>
    /// Takes one event without blocking; false when the mailbox is full: an INVITE, re-INVITE or INFO is then answered 503. Keep
    /// room for <see cref="SipSessionEvent.Terminated"/>. Events of one session come one after the other, in order, from any thread.
    /// </summary>
    bool Post(SipSessionEvent sessionEvent);
}
