using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Sessions;

/// <summary>What a session needs of the user agent above it. Any thread.</summary>
internal interface ISessionHost
{
    /// <summary>The transactions.</summary>
    SipTransactionLayer Transactions { get; }

    /// <summary>Tags, branches, delays.</summary>
    SipTokens Tokens { get; }

    /// <summary>Counters.</summary>
    SipMetrics Metrics { get; }

    /// <summary>Guard of unanswered INVITEs.</summary>
    TimeSpan NoAnswerTimeout { get; }

    /// <summary>Finds the way to the next hop, at once when it is an address; null when there is none.</summary>
    void FindFlow(SipUri nextHop, Action<SipFlow?> found);

    /// <summary>A request of late got no answer this way, and there may be another: RFC 3263 §4.3.</summary>
    bool HasFailed(SipFlow flow);

    /// <summary>Adds Via, and Contact, Allow, Supported and User-Agent where they belong, and builds.</summary>
    SipRequest Complete(SipRequestBuilder builder, string method, SipFlow flow);

    /// <summary>Completes a request and sends it in a transaction of its own, another way where the first one fails.</summary>
    void Send(OutgoingRequest request);

    /// <summary>Starts a response to a request, with Contact, Allow, Supported and Server where they belong.</summary>
    SipResponseBuilder Answer(SipRequest request, SipFlow flow, int status, string? localTag);

    /// <summary>Shows an incoming call to the application; null when it is not wanted.</summary>
    ISipSessionSink? Introduce(SipSession session);

    /// <summary>How sessions are refreshed.</summary>
    SessionTimerSettings SessionTimer { get; }

    /// <summary>The option tag is among those that we understand.</summary>
    bool Supports(string optionTag);

    /// <summary>The application reads bodies of this type in INFO.</summary>
    bool TakesInfo(MediaType type);

    /// <summary>The session is in a dialog now: requests with this key go to it.</summary>
    void Enter(SessionRunner session, DialogKey key);

    /// <summary>The session is over: none of its keys finds it any more.</summary>
    void Leave(SessionRunner session);
}
