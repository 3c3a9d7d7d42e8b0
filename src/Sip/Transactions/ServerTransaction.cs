using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Transactions;

/// <summary>One request of a peer and its answers. Any thread.</summary>
internal abstract class ServerTransaction(SipTransactionLayer layer, ServerKey key, SipRequest request, SipFlow flow)
{
    /// <summary>Where it stands in the table.</summary>
    public ServerKey Key { get; } = key;

    /// <summary>The request, with received and rport filled in.</summary>
    public SipRequest Request { get; } = request;

    /// <summary>Where it came from.</summary>
    public SipFlow Flow { get; } = flow;

    /// <summary>Where answers go (RFC 3261 §18.2.2, RFC 3581 §4).</summary>
    public SipFlow AnswerFlow { get; } = SipTransportLayer.AnswerFlow(request, flow);

    /// <summary>How copies over other ways are known; null inside a dialog.</summary>
    public MergeKey? Merge { get; init; }

    /// <summary>The layer that made it.</summary>
    protected SipTransactionLayer Layer { get; } = layer;

    /// <summary>Runs the machine one at a time.</summary>
    protected SerialQueue Serial { get; } = new();

    /// <summary>Sends a response; false when a final one was sent before.</summary>
    public abstract bool Respond(SipResponse response);

    /// <summary>The request came again.</summary>
    public abstract void OnRetransmission();

    /// <summary>Lets go of the timers: the user agent stops.</summary>
    public abstract void Stop();
}
