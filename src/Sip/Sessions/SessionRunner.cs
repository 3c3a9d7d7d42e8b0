using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transactions;
using A = Avatar2D.Sip.Sessions.SessionActions;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// Runs <see cref="SessionMachine"/> for one session: takes inputs from any thread, applies their actions in order, one at a time,
/// holding no lock. Members without "any thread" are used inside that order only.
/// </summary>
internal sealed class SessionRunner
{
    private readonly SerialQueue _serial = new();
    private SessionState _state = SessionState.Start;
    private ITimer? _guard;
    private ITimer? _retry;
    private ISipSessionSink? _sink;
    private string? _byeReason;
    private (SessionInput Input, SessionStep Step)? _held;
    private bool _refreshing;
    private bool _peerRefusesUpdate;

    /// <summary>Makes the runner of a session whose dialog may not be there yet.</summary>
    public SessionRunner(ISessionHost host, SipSession session, string callId, string localTag)
    {
        Host = host;
        Session = session;
        CallId = callId;
        LocalTag = localTag;
        Outbound = new(this);
        Inbound = new(this);
        Responder = new(this);
        Refresh = new(host.SessionTimer, host.Transactions.Time, () => Enqueue(RefreshNow), () => Post(SessionInput.Hangup, new()
        {
            Cause = SipEndCause.SessionExpired,
            Reason = "SIP;cause=408;text=\"Session expired\"",
        }));
    }

    /// <summary>The user agent.</summary>
    public ISessionHost Host { get; }

    /// <summary>The face of this runner.</summary>
    public SipSession Session { get; }

    /// <summary>Call-ID. Any thread.</summary>
    public string CallId { get; }

    /// <summary>Our tag. Any thread.</summary>
    public string LocalTag { get; }

    /// <summary>What we send as a client.</summary>
    public SessionOutbound Outbound { get; }

    /// <summary>Our answers to the peer's INVITE and UPDATE.</summary>
    public SessionResponder Responder { get; }

    /// <summary>Our latest description, for a refresh by re-INVITE.</summary>
    public SipBody? LastSdp { get; set; }

    /// <summary>What the peer's requests do.</summary>
    public SessionInbound Inbound { get; }

    /// <summary>The session timer.</summary>
    public SessionRefresh Refresh { get; }

    /// <summary>The dialog; null until it is made.</summary>
    public SipDialog? Dialog { get; set; }

    /// <summary>The places in the dialog table: one for each early dialog, and the dialog's. Kept by the host.</summary>
    public List<DialogKey> Keys { get; } = [];

    /// <summary>The peer's INVITE or re-INVITE that waits for our final answer.</summary>
    public ServerTransaction? Pending { get; set; }

    /// <summary>The peer's UPDATE that waits for our answer.</summary>
    public ServerTransaction? PendingUpdate { get; set; }

    /// <summary>The request that waits brought an offer. Any thread.</summary>
    public bool PendingHasOffer => (PendingUpdate ?? Pending) is { Request.Body.IsEmpty: false };

    /// <summary>The state now. Any thread.</summary>
    public SessionState State
    {
        get
        {
            lock (_serial.Gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Sets who is told; before the first input, or from <see cref="ISessionHost.Introduce"/>.</summary>
    public void Attach(ISipSessionSink sink) => _sink = sink;

    /// <summary>Runs work in the order of the session. Any thread.</summary>
    public void Enqueue(Action work)
    {
        lock (_serial.Gate)
        {
            _serial.AddNeedsLock(work);
        }

        _serial.Run();
    }

    /// <summary>One input. False when it has no meaning in this state. Any thread.</summary>
    public bool Post(SessionInput input, SessionStep step)
    {
        lock (_serial.Gate)
        {
            var (next, actions) = SessionMachine.Next(_state, input);
            if (actions == A.None)
            {
                return false;
            }

            _state = next;
            _serial.AddNeedsLock(() => Apply(actions, input, step));
        }

        _serial.Run();
        return true;
    }

    /// <summary>Tells the owner; false when its mailbox is full.</summary>
    public bool Tell(SipSessionEvent sessionEvent)
    {
        try
        {
            if (_sink?.Post(sessionEvent) ?? false)
            {
                return true;
            }
        }
        catch (Exception e)
        {
            // The border of the application: its fault must not end a timer's thread, and with it the process.
            SipLog.HandlerFailed(Host.Transactions.Logger, e, CallId);
        }

        SipLog.MailboxFull(Host.Transactions.Logger, CallId, sessionEvent.GetType().Name);
        return false;
    }

    /// <summary>Keeps the next state of the dialog, or of the early dialog that it is.</summary>
    public void Keep(SipDialog next)
    {
        if (Dialog is null)
        {
            Outbound.Early.Keep(next);
        }
        else
        {
            Dialog = next;
        }
    }

    /// <summary>Our UPDATE that was to refresh the session was refused, the dialog lives.</summary>
    public void OnRefreshRefused(int status, TimeSpan? retryAfter)
    {
        _peerRefusesUpdate |= status is 405 or 501;
        Refresh.TryAgain(retryAfter ?? GlarePolicy.RetryDelay(Dialog?.OwnsCallId ?? true, Host.Tokens));
    }

    /// <summary>Lets go of all timers without a word to anyone: the user agent stops. Any thread.</summary>
    public void Stop() => Enqueue(StopTimers);

    private void StopTimers()
    {
        Responder.Stop();
        Refresh.Stop();
        _guard?.Dispose();
        _retry?.Dispose();
    }

    // By UPDATE where the peer knows it; else by re-INVITE with the description as it was, which changes nothing.
    private void RefreshNow()
    {
        if (State.Phase != SessionPhase.Established)
        {
            return;
        }

        if (!_peerRefusesUpdate && Session.PeerAllows.Contains(SipMethods.Update))
        {
            Outbound.SendRefresh();
        }
        else if (LastSdp is { } sdp && !Post(SessionInput.SendReinvite, new() { Body = sdp, IsRefresh = true }))
        {
            Refresh.TryAgain(GlarePolicy.RetryDelay(Dialog?.OwnsCallId ?? true, Host.Tokens)); // another exchange is open
        }
    }

    private void Apply(A actions, SessionInput input, SessionStep step)
    {
        if (input == SessionInput.Hangup)
        {
            _byeReason = step.Reason; // BYE may have to wait for the ACK
        }

        if (input is SessionInput.SendReinvite)
        {
            _refreshing = step.IsRefresh;
        }

        if (actions.HasFlag(A.HoldAccept))
        {
            _held = (input, step);
            return;
        }

        ApplyReplies(actions, input, step);
        ApplyRequests(actions, step);
        ApplyTimers(actions);
        ApplyEvents(actions, step);
        if (actions.HasFlag(A.PostPrack) && _held is { } held)
        {
            _held = null;
            Post(held.Input, held.Step);
        }

        if (actions.HasFlag(A.PostTerminated))
        {
            Refresh.Stop();
        }

        if (actions.HasFlag(A.Release))
        {
            StopTimers();
            Host.Leave(this);
        }
    }

    private void ApplyReplies(A actions, SessionInput input, SessionStep step)
    {
        if (actions.HasFlag(A.PostReinvite) && step.Request is NonInviteServerTransaction)
        {
            PendingUpdate = step.Request;
        }
        else if (actions.HasFlag(A.Introduce) || actions.HasFlag(A.PostReinvite))
        {
            Pending = step.Request;
        }

        if (actions.HasFlag(A.Respond))
        {
            Responder.Respond(input, step, actions);
        }

        if (actions.HasFlag(A.ReplyOk))
        {
            Inbound.Reply(step.Request, 200);
        }

        if (actions.HasFlag(A.Reply481))
        {
            Inbound.Reply(step.Request, 481);
        }

        if (actions.HasFlag(A.Reply491))
        {
            Inbound.Reply(step.Request, 491);
        }

        if (actions.HasFlag(A.Reply500))
        {
            Inbound.Reply(step.Request, 500, TimeSpan.FromSeconds(GlarePolicy.OverlapRetryAfterSeconds(Host.Tokens)));
        }

        if (actions.HasFlag(A.CutPending))
        {
            Responder.Cut();
        }
    }

    private void ApplyRequests(A actions, SessionStep step)
    {
        if (actions.HasFlag(A.SendInvite))
        {
            Outbound.SendInvite();
        }

        if (actions.HasFlag(A.SendReinvite))
        {
            LastSdp = step.Body ?? LastSdp;
            Outbound.SendReinvite(step.Body);
        }

        if (actions.HasFlag(A.SendUpdate) && step.Body is { } offer)
        {
            LastSdp = offer;
            Outbound.SendUpdate(offer);
        }

        if (actions.HasFlag(A.SendCancel))
        {
            Outbound.Cancel();
        }

        if (actions.HasFlag(A.SendAck))
        {
            Outbound.Acknowledge(step.Response is null ? step.Body : null);
        }

        if (actions.HasFlag(A.AbandonInvite))
        {
            Outbound.Abandon();
        }

        if (actions.HasFlag(A.SendBye))
        {
            Outbound.SendBye(_byeReason);
        }
    }

    private void ApplyTimers(A actions)
    {
        if (actions.HasFlag(A.StopAck))
        {
            Responder.StopSuccess();
        }

        if (actions.HasFlag(A.StopPrack))
        {
            Responder.StopReliable();
        }

        if (actions.HasFlag(A.StopRetry))
        {
            _retry?.Dispose();
        }

        if (actions.HasFlag(A.StopNoAnswer))
        {
            _guard?.Dispose();
        }

        if (actions.HasFlag(A.ArmRetry))
        {
            _retry?.Dispose();
            _retry = Timer(GlarePolicy.RetryDelay(Dialog?.OwnsCallId ?? true, Host.Tokens), SessionInput.RetryDue, SessionStep.Empty);
        }

        if (actions.HasFlag(A.ArmNoAnswer))
        {
            _guard?.Dispose();
            _guard = Timer(Host.NoAnswerTimeout, SessionInput.NoAnswer, new() { Status = 408, Cause = SipEndCause.Timeout });
        }
    }

    private void ApplyEvents(A actions, SessionStep step)
    {
        if (actions.HasFlag(A.Introduce))
        {
            Introduce(step);
        }

        // The end of a refresh is nothing to tell, unless it ends the session.
        const A Refreshed = A.PostReinviteAnswered | A.PostReinviteRefused | A.PostRetryDue;
        var told = _refreshing ? actions & ~Refreshed : actions;
        foreach (var sessionEvent in SessionEvents.Of(told, step))
        {
            Tell(sessionEvent);
        }

        if (_refreshing && (actions & (A.PostReinviteRefused | A.PostRetryDue)) != 0)
        {
            Refresh.TryAgain(step.RetryAfter ?? GlarePolicy.RetryDelay(Dialog?.OwnsCallId ?? true, Host.Tokens));
        }

        if (actions.HasFlag(A.PostReinvite)
            && !Tell(new SipSessionEvent.ReinviteReceived(step.Body, step.Request is NonInviteServerTransaction)))
        {
            Post(SessionInput.RejectReinvite, new() { Status = 503 });
        }

        if (actions.HasFlag(A.PostTerminated))
        {
            Host.Metrics.SessionEnded(step.Cause.ToString());
            SipLog.CallEnded(Host.Transactions.Logger, CallId, step.Cause.ToString(), step.Status);
        }
    }

    private void Introduce(SessionStep step)
    {
        var sink = Host.Introduce(Session);
        if (sink is null)
        {
            // Refused; unless the handler did so itself with another status.
            Post(SessionInput.Reject, new() { Status = 503, Cause = SipEndCause.LocalReject });
            return;
        }

        Attach(sink);
        if (!Tell(new SipSessionEvent.IncomingInvite(step.Body)))
        {
            Post(SessionInput.Reject, new() { Status = 503, Cause = SipEndCause.Overload });
        }
    }

    private ITimer Timer(TimeSpan due, SessionInput input, SessionStep step) =>
        Host.Transactions.Time.CreateTimer(_ => Post(input, step), null, due, Timeout.InfiniteTimeSpan);
}
