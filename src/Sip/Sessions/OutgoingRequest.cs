using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Sessions;

/// <summary>A request of ours that is to be sent; it may take several transactions until it has its answer. Immutable.</summary>
internal sealed record OutgoingRequest
{
    /// <summary>Its parts, without Via and Contact.</summary>
    public required SipRequestBuilder Builder { get; init; }

    /// <summary>Method; not ACK and not CANCEL.</summary>
    public required string Method { get; init; }

    /// <summary>The way to try first.</summary>
    public required SipFlow Flow { get; init; }

    /// <summary>What the way was found for: its other places are tried where this one does not answer.</summary>
    public required SipUri Hop { get; init; }

    /// <summary>How often it was sent before with less in it.</summary>
    public int Tries { get; init; }

    /// <summary>Takes the answers.</summary>
    public required ClientUser User { get; init; }

    /// <summary>
    /// Gives the CSeq for one more try of the same request, in the order of the session; null when there must be none.
    /// </summary>
    public Action<Action<uint>>? NextCSeq { get; init; }

    /// <summary>Is given each transaction of an INVITE before anything comes back on it.</summary>
    public Action<InviteClientTransaction>? Started { get; init; }
}
