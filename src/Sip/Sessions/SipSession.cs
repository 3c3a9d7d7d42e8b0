using System.Net;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// One call's signalling, incoming or outgoing. Every member from any thread, cheap, and never throwing for a race with the peer:
/// an order that does not fit the state says so. What happens comes to the owner's <see cref="ISipSessionSink"/>.
/// </summary>
public sealed class SipSession
{
    private SipMessage? _peerMessage;

    internal SipSession(ISessionHost host, SipRequest? invite, string callId, string localTag, SipUri local, SipUri remote)
    {
        Runner = new(host, this, callId, localTag);
        Invite = invite;
        LocalUri = local;
        RemoteUri = remote;
        IsIncoming = invite is not null;
        _peerMessage = invite;
    }

    /// <summary>The peer called us.</summary>
    public bool IsIncoming { get; }

    /// <summary>Call-ID.</summary>
    public string CallId => Runner.CallId;

    /// <summary>Our tag.</summary>
    public string LocalTag => Runner.LocalTag;

    /// <summary>The INVITE of an incoming call; null for an outgoing one.</summary>
    public SipRequest? Invite { get; }

    /// <summary>Request-URI of an incoming call: whom it wants. Null for an outgoing one.</summary>
    public SipUri? RequestUri => Invite?.RequestUri;

    /// <summary>Our URI: To of an incoming call, From of an outgoing one.</summary>
    public SipUri LocalUri { get; }

    /// <summary>The peer's URI: From of an incoming call, To of an outgoing one.</summary>
    public SipUri RemoteUri { get; }

    /// <summary>Who calls: From with its display name. For an outgoing call To of the answer, once there is one.</summary>
    public NameAddress? RemoteIdentity => IsIncoming ? _peerMessage?.From : _peerMessage?.To;

    /// <summary>What a trusted network says about who the peer is (RFC 3325): at most a SIP and a tel URI.</summary>
    public IReadOnlyList<NameAddress> PAssertedIdentity => _peerMessage?.PAssertedIdentity ?? [];

    /// <summary>User-Agent or Server of the peer; null when it keeps that to itself.</summary>
    public string? PeerProduct =>
        _peerMessage?.Headers[SipHeaderNames.UserAgent] ?? _peerMessage?.Headers[SipHeaderNames.Server];

    /// <summary>Parameters of the peer's Contact, such as <c>video</c> (RFC 3840).</summary>
    public SipParameters PeerFeatures => _peerMessage?.Contact?.Parameters ?? SipParameters.Empty;

    /// <summary>Methods that the peer allows; empty when it does not say.</summary>
    public IReadOnlyList<string> PeerAllows => _peerMessage?.Allow ?? [];

    /// <summary>Contact of the far end: where requests inside the dialog go; null before its first message.</summary>
    public SipUri? PeerContact => _peerMessage?.Contact?.Uri;

    /// <summary>Where the INVITE came from; null for an outgoing call.</summary>
    public IPEndPoint? Source { get; internal init; }

    /// <summary>The user that the caller proved to be (RFC 3261 §22); null when nobody was asked, and for outgoing calls.</summary>
    public string? AuthenticatedUser { get; internal init; }

    /// <summary>The session has ended, or is ending.</summary>
    public bool IsOver => Runner.State.Phase is SessionPhase.Canceling or SessionPhase.Ending or SessionPhase.Terminated;

    internal SessionRunner Runner { get; }

    /// <summary>The peer understands an extension, by Supported or Require of its INVITE or of its answer.</summary>
    public bool PeerSupports(string optionTag) => _peerMessage?.Supports(optionTag) ?? false;

    /// <summary>
    /// Provisional response to the INVITE or to a re-INVITE: 180, or 183 with early media. It is made reliable (RFC 3262) where the
    /// peer wants that, or supports it and gets our answer; <see cref="SipSessionEvent.EarlyAcknowledged"/> then follows.
    /// </summary>
    public SipOrder Ring(int status = 180, SipBody? body = null)
    {
        var step = new SessionStep { Status = InRange(status, 101, 199), Body = body };
        var isFirst = Invite is not null && Runner.State.Phase == SessionPhase.Incoming && Runner.Host.Supports("100rel");
        var isWanted = isFirst && Invite!.Require.Contains("100rel", StringComparer.OrdinalIgnoreCase); // not null: isFirst
        var carriesAnswer = body is not null && Invite is { Body.IsEmpty: false };
        return Order(
            isFirst && carriesAnswer && (isWanted || Invite!.Supports("100rel")) ? SessionInput.RingEarly // not null: isFirst
            : isWanted ? SessionInput.RingReliably
            : SessionInput.Ring,
            step);
    }

    /// <summary>
    /// Sends UPDATE with an offer (RFC 3311): in a call, or before its answer when offer and answer of the INVITE are through.
    /// </summary>
    public SipOrder SendUpdate(SipBody body) => Order(SessionInput.SendUpdate, new() { Body = body });

    /// <summary>200 to the INVITE, with the answer, or with our offer when the INVITE brought none.</summary>
    public SipOrder Accept(SipBody body) => Order(
        Invite is { Body.IsEmpty: true } ? SessionInput.AcceptLate : SessionInput.Accept,
        new() { Status = 200, Body = body });

    /// <summary>3xx to 6xx to the INVITE. <see cref="SipSessionEvent.Terminated"/> follows.</summary>
    public SipOrder Reject(int status, IReadOnlyList<SipHeader>? headers = null, TimeSpan? retryAfter = null) =>
        Order(SessionInput.Reject, new()
        {
            Status = InRange(status, 300, 699),
            Headers = headers ?? [],
            RetryAfter = retryAfter,
            Cause = SipEndCause.LocalReject,
        });

    /// <summary>
    /// Ends the session in any state: CANCEL, 480, or BYE. <see cref="SipSessionEvent.Terminated"/> follows at once, the messages
    /// as the RFC allows.
    /// </summary>
    /// <param name="reason">Value of a Reason header (RFC 3326), as <c>SIP;cause=200;text="done"</c>.</param>
    public SipOrder Hangup(string? reason = null)
    {
        var phase = Runner.State.Phase;
        return Order(SessionInput.Hangup, phase switch
        {
            SessionPhase.Incoming => new() { Status = 480, Cause = SipEndCause.LocalReject },
            SessionPhase.Idle or SessionPhase.Calling => new() { Status = 487, Cause = SipEndCause.LocalCancel },
            _ => new() { Reason = reason, Cause = SipEndCause.LocalBye },
        });
    }

    /// <summary>Takes our INVITE back; the same as <see cref="Hangup"/>.</summary>
    public SipOrder Cancel() => Hangup();

    /// <summary>
    /// Sends a re-INVITE with an offer, or without one to ask the peer for its own. <see cref="SipOrder.Busy"/> while an INVITE of
    /// either side is under way.
    /// </summary>
    public SipOrder SendReinvite(SipBody? body)
    {
        var order = Order(SessionInput.SendReinvite, new() { Body = body });
        return order == SipOrder.WrongState && Runner.State.Phase == SessionPhase.Established ? SipOrder.Busy : order;
    }

    /// <summary>Takes our re-INVITE back; its answer still comes as an event.</summary>
    public SipOrder CancelReinvite() => Order(SessionInput.CancelReinvite, SessionStep.Empty);

    /// <summary>200 to the re-INVITE or UPDATE, with the answer, or with our offer when it brought none.</summary>
    public SipOrder AnswerReinvite(SipBody body) => Order(
        Runner.PendingHasOffer ? SessionInput.AnswerReinvite : SessionInput.AnswerReinviteLate, new() { Status = 200, Body = body });

    /// <summary>3xx to 6xx to the re-INVITE or UPDATE; the session stays as it was.</summary>
    public SipOrder RejectReinvite(int status, TimeSpan? retryAfter = null) =>
        Order(SessionInput.RejectReinvite, new() { Status = InRange(status, 300, 699), RetryAfter = retryAfter });

    /// <summary>ACK with our answer, when the peer's 2xx brought its offer.</summary>
    public SipOrder AckWithBody(SipBody body) => Order(SessionInput.SendAckBody, new() { Body = body });

    /// <summary>Sends INFO; its answer does not matter.</summary>
    public SipOrder SendInfo(SipBody body)
    {
        if (Runner.State.Phase != SessionPhase.Established)
        {
            return SipOrder.WrongState;
        }

        Runner.Enqueue(() => Runner.Outbound.SendInfo(body));
        return SipOrder.Done;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{CallId} {Runner.State}";

    /// <summary>Remembers the answer of the callee, for the facts about it.</summary>
    internal void SetPeer(SipResponse response) => Volatile.Write(ref _peerMessage, response);

    private static int InRange(int status, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, to);
        return status;
    }

    private SipOrder Order(SessionInput input, SessionStep step) => Runner.Post(input, step) ? SipOrder.Done : SipOrder.WrongState;
}
