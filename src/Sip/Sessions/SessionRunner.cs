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
    private static readonly TimeSpan ProvisionalInterval = TimeSpan.FromMinutes(1);

    private readonly SerialQueue _serial = new();
    private readonly SuccessRepeater _success;
    private SessionState _state = SessionState.Start;
    private ITimer? _guard;
    private ITimer? _retry;
    private ITimer? _provisional;
    private ISipSessionSink? _sink;
    private string? _byeReason;

    /// <summary>Makes the runner of a session whose dialog may not be there yet.</summary>
    public SessionRunner(ISessionHost host, SipSession session, string callId, string localTag)
    {
        Host = host;
        Session = session;
        CallId = callId;
        LocalTag = localTag;
        Outbound = new(this);
        Inbound = new(this);
        _success = new(host.Transactions.Time, host.Transactions.Timers,
            () => Enqueue(() => _success!.Repeat()), // set: the lambda runs after the constructor
            () => Post(SessionInput.AckTimeout, new() { Cause = SipEndCause.AckTimeout }));
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

    /// <summary>What the peer's requests do.</summary>
    public SessionInbound Inbound { get; }

    /// <summary>The dialog; null until it is made.</summary>
    public SipDialog? Dialog { get; set; }

    /// <summary>The place in the dialog table; null until the dialog is made. Any thread.</summary>
    public DialogKey? Key { get; set; }

    /// <summary>The peer's INVITE, re-INVITE or UPDATE that waits for our final answer.</summary>
    public ServerTransaction? Pending { get; set; }

    /// <summary>The request that waits brought an offer. Any thread.</summary>
    public bool PendingHasOffer => Pending is { Request.Body.IsEmpty: false };

    /// <summary>CSeq whose ACK is, or was last, awaited.</summary>
    public uint? AwaitedAck => _success.AwaitedCSeq;

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

    /// <summary>Lets go of all timers without a word to anyone: the user agent stops. Any thread.</summary>
    public void Stop() => Enqueue(StopTimers);

    private void StopTimers()
    {
        _success.Stop();
        _guard?.Dispose();
        _retry?.Dispose();
        _provisional?.Dispose();
    }

    private void Apply(A actions, SessionInput input, SessionStep step)
    {
        if (input == SessionInput.Hangup)
        {
            _byeReason = step.Reason; // BYE may have to wait for the ACK
        }

        ApplyReplies(actions, step);
        ApplyRequests(actions, step);
        ApplyTimers(actions);
        ApplyEvents(actions, step);
        if (actions.HasFlag(A.Release))
        {
            StopTimers();
            Host.Leave(this);
        }
    }

    private void ApplyReplies(A actions, SessionStep step)
    {
        if (actions.HasFlag(A.Introduce) || actions.HasFlag(A.PostReinvite))
        {
            Pending = step.Request;
        }

        if (actions.HasFlag(A.Respond))
        {
            Respond(step, repeatSuccess: actions.HasFlag(A.ArmAck));
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
            Inbound.Reply(Pending, 487);
            Pending = null;
            _provisional?.Dispose();
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
            Outbound.SendReinvite(step.Body);
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
            _success.Stop();
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

        foreach (var sessionEvent in SessionEvents.Of(actions, step))
        {
            Tell(sessionEvent);
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

    private void Respond(SessionStep step, bool repeatSuccess)
    {
        if (Pending is not { } pending)
        {
            return;
        }

        var builder = Host.Answer(pending.Request, pending.Flow, step.Status, LocalTag);
        foreach (var header in step.Headers)
        {
            builder.Set(header.Name, header.Value);
        }

        if (step.RetryAfter is { } wait)
        {
            builder.Set(SipHeaderNames.RetryAfter, SessionInbound.Seconds(wait));
        }

        if (step.Body is { } body)
        {
            builder.WithBody(body.Content, body.ContentType);
        }

        var response = builder.Build();
        pending.Respond(response);
        _provisional?.Dispose();
        if (response.IsFinal)
        {
            Pending = null;
        }
        else
        {
            // Proxies give up after three minutes without one (§13.3.1.1, timer C).
            _provisional = Host.Transactions.Time.CreateTimer(
                _ => Enqueue(() => Pending?.Respond(response)), null, ProvisionalInterval, ProvisionalInterval);
        }

        if (repeatSuccess)
        {
            _success.Start(pending, response);
        }
    }

    private ITimer Timer(TimeSpan due, SessionInput input, SessionStep step) =>
        Host.Transactions.Time.CreateTimer(_ => Post(input, step), null, due, Timeout.InfiniteTimeSpan);
}
