using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// Sends the requests of a session and turns what comes back into inputs: RFC 3261 §13.2, §14.1, §15.1.1. Runs inside the
/// session's order.
/// </summary>
internal sealed class SessionOutbound(SessionRunner runner)
{
    private readonly SuccessAcks _acks = new(runner.Host.Transactions);
    private SipRequestBuilder? _first;
    private SipUri? _firstHop;
    private InviteClientTransaction? _invite;
    private bool _inviteHadBody;
    private uint _inviteCSeq;
    private bool _givenUp;
    private SipFlow? _direct;
    private (SipUri Hop, SipFlow Flow)? _known;

    /// <summary>
    /// Learns from an INVITE or UPDATE of the peer how to reach it: one that names a private Contact but is heard from a public
    /// address, with no proxy in between, stands behind NAT and is reached only where it spoke from. Deviates from RFC 3261 §12.2
    /// for phones without a proxy.
    /// </summary>
    public void LearnSource(SipRequest request, SipFlow flow) => _direct = request.RecordRoutes.Count == 0
        && request.Contact?.Uri.Address is { } named && PrivateAddress.Is(named)
        && !PrivateAddress.Is(flow.Destination.Remote.Address) ? flow with { IsPinned = true } : null;

    /// <summary>The early dialogs of our first INVITE.</summary>
    public EarlyDialogs Early => Provisionals.Early;

    /// <summary>What acknowledges provisional responses.</summary>
    private ReliableProvisionals Provisionals => field ??= new(runner, this);

    /// <summary>Prepares the first INVITE.</summary>
    public void Prepare(SipRequestBuilder invite, SipUri firstHop, bool hasBody)
    {
        _first = invite;
        _firstHop = firstHop;
        _inviteHadBody = hasBody;
    }

    /// <summary>Finds the way for the prepared INVITE and sends it.</summary>
    public void SendInvite()
    {
        if (_first is not { } builder || _firstHop is not { } hop)
        {
            return;
        }

        FindFlow(hop, found => runner.Enqueue(() =>
        {
            if (found is not { } flow || _givenUp)
            {
                runner.Post(SessionInput.Lost, new() { Status = found is null ? 503 : 487, Cause = SipEndCause.Transport });
                return;
            }

            Propose(builder);
            runner.Host.Send(new()
            {
                Builder = builder,
                Method = SipMethods.Invite,
                Flow = flow,
                Hop = hop,
                Started = OnStarted,
                NextCSeq = give => runner.Enqueue(() => give(_inviteCSeq + 1)),
                User = (outcome, response) => runner.Enqueue(() => OnInviteOutcome(outcome, response)),
            });
        }));
    }

    /// <summary>Sends a re-INVITE, with an offer or without.</summary>
    public void SendReinvite(SipBody? body)
    {
        _inviteHadBody = body is not null;
        _invite = null;
        _givenUp = false;
        if (!TryNext(SipMethods.Invite, out var builder, out var hop, out var cseq))
        {
            return;
        }

        _inviteCSeq = cseq;
        Provisionals.Restart();
        Propose(builder);
        if (body is not null)
        {
            builder.WithBody(body.Content, body.ContentType);
        }

        FindFlow(hop, found => runner.Enqueue(() =>
        {
            if (found is not { } flow || _givenUp)
            {
                runner.Post(SessionInput.ReinviteFailure, new() { Status = 503 });
                return;
            }

            runner.Host.Send(new()
            {
                Builder = builder,
                Method = SipMethods.Invite,
                Flow = flow,
                Hop = hop,
                Started = OnStarted,
                NextCSeq = GiveCSeq,
                User = (outcome, response) => runner.Enqueue(() => OnReinviteOutcome(outcome, response)),
            });
        }));
    }

    /// <summary>CANCELs the INVITE that is out.</summary>
    public void Cancel()
    {
        _givenUp = true;
        _invite?.Cancel();
    }

    /// <summary>Ends the wait for the INVITE that is out.</summary>
    public void Abandon()
    {
        _givenUp = true;
        _invite?.Abandon();
    }

    /// <summary>ACK of the 2xx to our latest INVITE.</summary>
    public void Acknowledge(SipBody? answer)
    {
        if (runner.Dialog is not { } dialog)
        {
            return;
        }

        var cseq = _inviteCSeq;
        var builder = dialog.Ack(cseq);
        foreach (var name in new[] { SipHeaderNames.Authorization, SipHeaderNames.ProxyAuthorization })
        {
            foreach (var value in _invite?.Request.Headers.Values(name) ?? [])
            {
                builder.Add(name, value); // an ACK cannot be asked for them (RFC 3261 §22.1)
            }
        }

        if (answer is not null)
        {
            builder.WithBody(answer.Content, answer.ContentType);
        }

        FindFlow(dialog.NextHop, found => runner.Enqueue(() =>
        {
            if (found is { } flow)
            {
                var ack = runner.Host.Complete(builder, SipMethods.Ack, flow);
                _acks.Send(dialog.Remote.Tag ?? "", cseq, flow, SipWriter.ToBytes(ack));
            }
        }));
    }

    /// <summary>BYE; its end ends the session whatever it is (§15.1.1).</summary>
    public void SendBye(string? reason)
    {
        if (!TryNext(SipMethods.Bye, out var builder, out var hop, out _))
        {
            runner.Enqueue(() => runner.Post(SessionInput.ByeDone, SessionStep.Empty));
            return;
        }

        if (reason is not null)
        {
            builder.Set(SipHeaderNames.Reason, reason);
        }

        SendOther(builder, SipMethods.Bye, hop, (_, _) => runner.Post(SessionInput.ByeDone, SessionStep.Empty));
    }

    /// <summary>UPDATE (RFC 3311) with an offer; in an early dialog with the one that answered.</summary>
    public void SendUpdate(SipBody body)
    {
        if (!TryNext(SipMethods.Update, out var builder, out var hop, out _))
        {
            runner.Enqueue(() => runner.Post(SessionInput.UpdateFailure, new() { Status = 481 }));
            return;
        }

        Propose(builder);
        SendOther(builder.WithBody(body.Content, body.ContentType), SipMethods.Update, hop, (outcome, response) => runner.Enqueue(() =>
        {
            if (response is { IsSuccess: true })
            {
                Settled(response);
                runner.Post(SessionInput.UpdateSuccess, StepOf(response));
                return;
            }

            runner.Post(SessionInput.UpdateFailure, response is null ? new() { Status = StatusOf(outcome) } : StepOf(response));
            EndIfGone(outcome, response);
        }));
    }

    /// <summary>UPDATE without a body: refreshes the session and nothing else (RFC 4028 §7.4).</summary>
    public void SendRefresh()
    {
        if (!TryNext(SipMethods.Update, out var builder, out var hop, out _))
        {
            return;
        }

        Propose(builder);
        SendOther(builder, SipMethods.Update, hop, (outcome, response) => runner.Enqueue(() =>
        {
            if (response is { IsSuccess: true })
            {
                Settled(response);
            }
            else if (!EndIfGone(outcome, response))
            {
                runner.OnRefreshRefused(response?.StatusCode ?? StatusOf(outcome), response?.RetryAfter?.Duration);
            }
        }));
    }

    /// <summary>INFO; nobody waits for its answer.</summary>
    public void SendInfo(SipBody body)
    {
        if (TryNext(SipMethods.Info, out var builder, out var hop, out _))
        {
            SendOther(builder.WithBody(body.Content, body.ContentType), SipMethods.Info, hop, static (_, _) => { });
        }
    }

    /// <summary>A 2xx whose transaction is gone: acknowledge it again if we did so before.</summary>
    public void OnStraySuccess(SipResponse response) => _acks.Repeat(response.ToTag ?? "", response.CSeq.Number);

    /// <summary>Sends a request other than INVITE inside the dialog; its final outcome goes to <paramref name="done"/>.</summary>
    public void SendOther(SipRequestBuilder builder, string method, SipUri hop, ClientUser done) =>
        FindFlow(hop, found =>
        {
            if (found is not { } flow)
            {
                done(ClientOutcome.TransportError, null);
                return;
            }

            runner.Host.Send(new()
            {
                Builder = builder,
                Method = method,
                Flow = flow,
                Hop = hop,
                NextCSeq = GiveCSeq,
                User = (outcome, response) =>
                {
                    if (outcome != ClientOutcome.Response || response is { IsFinal: true })
                    {
                        done(outcome, response);
                    }
                },
            });
        });

    // One look-up per next hop: names are not resolved for every request, and ACK and BYE keep their order.
    private void FindFlow(SipUri hop, Action<SipFlow?> found)
    {
        if ((_direct ?? (_known is { } known && known.Hop.Equals(hop) && !runner.Host.HasFailed(known.Flow) ? known.Flow : null)) is { } flow)
        {
            found(flow);
            return;
        }

        runner.Host.FindFlow(hop, result =>
        {
            if (result is { } resolved)
            {
                runner.Enqueue(() => _known = (hop, resolved));
            }

            found(result);
        });
    }

    private bool TryNext(
        string method,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SipRequestBuilder? builder,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SipUri? hop,
        out uint cseq)
    {
        (builder, hop, cseq) = (null, null, 0);
        if ((runner.Dialog ?? Early.Find(Early.Answerer)) is not { } dialog)
        {
            return false;
        }

        (var next, builder) = dialog.NextRequest(method);
        runner.Keep(next);
        hop = next.NextHop;
        cseq = next.LocalCSeq;
        return true;
    }

    // A first INVITE may be sent several times, each in a transaction of its own; the last one counts.
    private void OnStarted(InviteClientTransaction transaction) => runner.Enqueue(() =>
    {
        _invite = transaction;
        _inviteCSeq = transaction.Request.CSeq.Number;
        if (_givenUp)
        {
            transaction.Cancel();
        }
    });

    // One more try of the same request takes the next number (RFC 3261 §22.2, RFC 4028 §7.3).
    private void GiveCSeq(Action<uint> give) => runner.Enqueue(() =>
    {
        if ((runner.Dialog ?? Early.Find(Early.Answerer)) is { } dialog)
        {
            var next = dialog with { LocalCSeq = dialog.LocalCSeq + 1 };
            runner.Keep(next);
            give(next.LocalCSeq);
        }
    });

    private void Propose(SipRequestBuilder builder)
    {
        if (runner.Host.Supports(SessionRefresh.OptionTag))
        {
            runner.Refresh.Propose(builder);
        }
    }

    private void Settled(SipResponse response)
    {
        runner.Dialog = runner.Dialog?.WithTarget(response.Contact);
        if (runner.Host.Supports(SessionRefresh.OptionTag))
        {
            runner.Refresh.Settle(response);
        }
    }

    // 408 and 481 inside a dialog end it (RFC 3261 §12.2.1.2).
    private bool EndIfGone(ClientOutcome outcome, SipResponse? response)
    {
        var status = response?.StatusCode ?? StatusOf(outcome);
        return runner.Dialog is not null && status is 408 or 481
            && runner.Post(SessionInput.Hangup, new() { Status = status, Cause = SipEndCause.DialogGone });
    }

    private static int StatusOf(ClientOutcome outcome) => outcome == ClientOutcome.Timeout ? 408 : 503;

    private void OnInviteOutcome(ClientOutcome outcome, SipResponse? response)
    {
        if (response is null)
        {
            var status = StatusOf(outcome);
            var cause = outcome == ClientOutcome.Timeout ? SipEndCause.Timeout : SipEndCause.Transport;
            runner.Post(SessionInput.Lost, new() { Status = status, Cause = cause });
        }
        else if (response.IsProvisional)
        {
            if (response.StatusCode > 100)
            {
                OnProvisional(response);
            }
        }
        else if (response.IsSuccess)
        {
            if (_invite is { } transaction)
            {
                OnSuccess(transaction.Request, response);
            }
        }
        else
        {
            runner.Post(SessionInput.Failure, StepOf(response) with { Cause = SipEndCause.RemoteReject });
        }
    }

    private void OnProvisional(SipResponse response)
    {
        if (ReliableProvisionals.IsReliable(response) && _invite is { } transaction)
        {
            if (!Provisionals.TryAcknowledgeEarly(transaction.Request, response))
            {
                return;
            }

            if (_inviteHadBody && !response.Body.IsEmpty && Early.Answerer == (response.ToTag ?? ""))
            {
                runner.Session.SetPeer(response);
                runner.Post(SessionInput.EarlyAnswer, new() { Response = response });
            }
        }

        runner.Post(SessionInput.Provisional, new() { Response = response });
    }

    private void OnSuccess(SipRequest invite, SipResponse response)
    {
        if (_acks.Repeat(response.ToTag ?? "", response.CSeq.Number))
        {
            return;
        }

        if (runner.Dialog is { } dialog)
        {
            if (dialog.Remote.Tag != response.ToTag)
            {
                EndFork(Early.Confirm(invite, response));
            }

            return; // else a repeated 2xx whose ACK waits for the user's answer
        }

        runner.Dialog = Early.Confirm(invite, response);
        runner.Session.SetPeer(response);
        runner.Host.Enter(runner, runner.Dialog.Key);
        Settled(response);
        runner.Post(_inviteHadBody ? SessionInput.Success : SessionInput.SuccessLate, new()
        {
            Response = response,
            Body = response.Body.IsEmpty ? Early.AnswerOf(response.ToTag) : null,
            Cause = SipEndCause.LocalCancel,
        });
    }

    // Another branch of a forking proxy answered too: acknowledge and end it (§13.2.2.4).
    private void EndFork(SipDialog fork)
    {
        SipLog.ForkEnded(runner.Host.Transactions.Logger, runner.CallId);
        var (_, bye) = fork.NextRequest(SipMethods.Bye);
        FindFlow(fork.NextHop, found => runner.Enqueue(() =>
        {
            if (found is { } flow)
            {
                var ack = runner.Host.Complete(fork.Ack(_inviteCSeq), SipMethods.Ack, flow);
                _acks.Send(fork.Remote.Tag ?? "", _inviteCSeq, flow, SipWriter.ToBytes(ack));
                SendOther(bye, SipMethods.Bye, fork.NextHop, static (_, _) => { });
            }
        }));
    }

    private void OnReinviteOutcome(ClientOutcome outcome, SipResponse? response)
    {
        if (response is { IsProvisional: true })
        {
            if (ReliableProvisionals.IsReliable(response) && Provisionals.TryAcknowledge(response) && _inviteHadBody && !response.Body.IsEmpty)
            {
                runner.Post(SessionInput.EarlyAnswer, new() { Response = response });
            }

            return;
        }

        if (response is { IsSuccess: true })
        {
            var cseq = response.CSeq.Number;
            if (_acks.Repeat(response.ToTag ?? "", cseq) || cseq != _inviteCSeq)
            {
                return;
            }

            Settled(response);
            runner.Post(_inviteHadBody ? SessionInput.ReinviteSuccess : SessionInput.ReinviteSuccessLate, StepOf(response));
            return;
        }

        var input = (outcome, response?.StatusCode) switch
        {
            (ClientOutcome.Timeout, _) or (_, 408 or 481) => SessionInput.ReinviteGone,
            (_, 491) => SessionInput.ReinviteGlare,
            _ => SessionInput.ReinviteFailure,
        };
        runner.Post(input, (response is null ? new() { Status = StatusOf(outcome) } : StepOf(response)) with { Cause = SipEndCause.DialogGone });
    }

    private static SessionStep StepOf(SipResponse response) =>
        new() { Response = response, RetryAfter = response.RetryAfter?.Duration };
}
