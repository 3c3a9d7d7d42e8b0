using Avatar2D.Sip.Sessions;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>A mailbox that keeps everything; can be made to be full.</summary>
internal sealed class RecordingSink : ISipSessionSink
{
    public List<SipSessionEvent> Events { get; } = [];

    public Func<SipSessionEvent, bool> Takes { get; set; } = _ => true;

    /// <summary>Names of the events in order.</summary>
    public string Story => string.Join(' ', Events.Select(e => e.GetType().Name));

    public bool Post(SipSessionEvent sessionEvent)
    {
        if (!Takes(sessionEvent))
        {
            return false;
        }

        Events.Add(sessionEvent);
        return true;
    }

    public T Single<T>()
        where T : SipSessionEvent => Assert.Single(Events.OfType<T>());

    public int Count<T>()
        where T : SipSessionEvent => Events.OfType<T>().Count();
}
