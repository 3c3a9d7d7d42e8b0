using System.Threading.Channels;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>The mailbox of a call over real sockets.</summary>
internal sealed class Mailbox : ISipSessionSink
{
    private readonly Channel<SipSessionEvent> _events = Channel.CreateBounded<SipSessionEvent>(64);

    public Action<SipSessionEvent> Also { get; set; } = _ => { };

    public bool Post(SipSessionEvent sessionEvent)
    {
        var taken = _events.Writer.TryWrite(sessionEvent);
        Also(sessionEvent);
        return taken;
    }

    public async Task<T> Until<T>()
        where T : SipSessionEvent
    {
        while (true)
        {
            if (await _events.Reader.ReadAsync(TestContext.Current.CancellationToken) is T wanted)
            {
                return wanted;
            }
        }
    }
}
