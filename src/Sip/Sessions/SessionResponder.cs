using System.Globalization;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transactions;
using A = Avatar2D.Sip.Sessions.SessionActions;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// Our answers to the peer's INVITE and UPDATE, repeated until their ACK (RFC 3261 §13.3.1) or PRACK (RFC 3262 §3). Runs inside the
/// session's order; its timers call back from any thread.
/// </summary>
internal sealed class SessionResponder
{
    private static readonly TimeSpan ProvisionalInterval = TimeSpan.FromMinutes(1);

    private readonly SessionRunner _runner;
    private readonly SuccessRepeater _success;
    private readonly SuccessRepeater _reliable;
    private ITimer? _provisional;
    private uint _rseq;
    private bool _earlyAnswer;

    /// <summary>Makes the responder of a session.</summary>
    public SessionResponder(SessionRunner runner)
    {
        _runner = runner;
        var transactions = runner.Host.Transactions;
        _success = new(transactions.Time, transactions.Timers,
            () => runner.Enqueue(() => _success!.Repeat()), // set: the lambda runs after the constructor
            () => runner.Post(SessionInput.AckTimeout, new() { Cause = SipEndCause.AckTimeout }));
        _reliable = new(transactions.Time, transactions.Timers,
            () => runner.Enqueue(() => _reliable!.Repeat()), // set: as above
            () => runner.Post(SessionInput.PrackTimeout, new() { Status = 504, Cause = SipEndCause.AckTimeout })); // RFC 3262 §3: a 5xx
        _rseq = (uint)runner.Host.Tokens.Between(1, int.MaxValue / 2);
    }

    /// <summary>CSeq whose ACK is, or was last, awaited.</summary>
    public uint? AwaitedAck => _success.AwaitedCSeq;

    /// <summary>What a PRACK must name; null when none is awaited.</summary>
    public RAckHeader? AwaitedRAck => _runner.State.PrackOwed && _reliable.AwaitedCSeq is { } cseq
        ? new RAckHeader(_rseq, cseq, SipMethods.Invite) : null;

    /// <summary>Sends what the user said to the request that waits.</summary>
    public void Respond(SessionInput input, SessionStep step, A actions)
    {
        if (input is SessionInput.AnswerReinvite or SessionInput.RejectReinvite && _runner.PendingUpdate is { } update)
        {
            _runner.PendingUpdate = null;
            update.Respond(ResponseTo(update, step).Build());
        }
        else if (_runner.Pending is { } pending)
        {
            Respond(pending, step, actions);
        }
    }

    /// <summary>487 to all that waits.</summary>
    public void Cut()
    {
        _runner.Inbound.Reply(_runner.PendingUpdate, 487);
        _runner.Inbound.Reply(_runner.Pending, 487);
        (_runner.PendingUpdate, _runner.Pending) = (null, null);
        _provisional?.Dispose();
    }

    /// <summary>ACK came, or is not awaited any more.</summary>
    public void StopSuccess() => _success.Stop();

    /// <summary>PRACK came, or is not awaited any more.</summary>
    public void StopReliable() => _reliable.Stop();

    /// <summary>Lets go of all timers.</summary>
    public void Stop()
    {
        _success.Stop();
        _reliable.Stop();
        _provisional?.Dispose();
    }

    private SipResponseBuilder ResponseTo(ServerTransaction transaction, SessionStep step)
    {
        var builder = _runner.Host.Answer(transaction.Request, transaction.Flow, step.Status, _runner.LocalTag);
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
            _runner.LastSdp = body;
        }

        if (step.Status is >= 200 and < 300 && _runner.Host.Supports(SessionRefresh.OptionTag))
        {
            _runner.Refresh.Answer(transaction.Request, builder);
        }

        return builder;
    }

    private void Respond(ServerTransaction pending, SessionStep step, A actions)
    {
        // The answer stood in a reliable response already: the 2xx does not repeat it (RFC 3262 §5).
        var answered = _earlyAnswer && _reliable.AwaitedCSeq == pending.Request.CSeq.Number;
        var builder = ResponseTo(pending, answered ? step with { Body = null } : step);
        var reliable = actions.HasFlag(A.ArmPrack);
        if (reliable)
        {
            _rseq++;
            _earlyAnswer |= step.Body is not null;
            builder.Set(SipHeaderNames.Require, "100rel").Set(SipHeaderNames.RSeq, _rseq.ToString(CultureInfo.InvariantCulture));
        }

        var response = builder.Build();
        pending.Respond(response);
        _provisional?.Dispose();
        if (response.IsFinal)
        {
            _runner.Pending = null;
        }
        else if (reliable)
        {
            _reliable.Start(pending, response);
        }
        else
        {
            // Proxies give up after three minutes without one (§13.3.1.1, timer C).
            _provisional = _runner.Host.Transactions.Time.CreateTimer(
                _ => _runner.Enqueue(() => _runner.Pending?.Respond(response)), null, ProvisionalInterval, ProvisionalInterval);
        }

        if (actions.HasFlag(A.ArmAck))
        {
            _success.Start(pending, response);
        }
    }
}
