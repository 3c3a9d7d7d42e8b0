using System.Globalization;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transactions;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// Turns the peer's requests into inputs of the session: RFC 3261 §12.2.2, §14.2, §15.1.2. Runs inside the session's order.
/// </summary>
internal sealed class SessionInbound(SessionRunner runner)
{
    /// <summary>The first INVITE, whose dialog is made already.</summary>
    public void OnInvite(ServerTransaction transaction)
    {
        HearCancel(transaction);
        runner.Outbound.LearnSource(transaction.Request, transaction.Flow);
        runner.Post(SessionInput.PeerInvite, new() { Request = transaction, Body = SipBody.Of(transaction.Request) });
    }

    /// <summary>A request inside the dialog.</summary>
    public void OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if ((runner.Dialog ?? runner.Outbound.Early.Find(request.FromTag)) is not { } dialog)
        {
            Reply(transaction, 481);
            return;
        }

        if (!dialog.TryAccept(request.CSeq.Number, out var next))
        {
            Reply(transaction, 500, TimeSpan.FromSeconds(GlarePolicy.OverlapRetryAfterSeconds(runner.Host.Tokens)));
            return;
        }

        runner.Keep(next);
        switch (request.Method)
        {
            case SipMethods.Bye:
                var bye = new SessionStep { Request = transaction, Reason = ReasonOf(request), Cause = SipEndCause.RemoteBye };
                PostOrGone(SessionInput.PeerBye, bye);
                break;
            case SipMethods.Invite:
                OnOffer(transaction, SessionInput.PeerInvite);
                break;
            case SipMethods.Update when !request.Body.IsEmpty:
                OnOffer(transaction, SessionInput.PeerUpdate);
                break;
            case SipMethods.Update:
                runner.Keep(next.WithTarget(request.Contact));
                if (!IsTooShort(transaction))
                {
                    Refreshed(transaction);
                }

                break;
            case SipMethods.Prack:
                OnPrack(transaction);
                break;
            case SipMethods.Info:
                OnInfo(transaction);
                break;
            case SipMethods.Options:
                Reply(transaction, 200);
                break;
            case SipMethods.Notify:
                Reply(transaction, 481); // nothing here that they could belong to
                break;
            case SipMethods.Refer or SipMethods.Message or SipMethods.Subscribe or SipMethods.Publish or SipMethods.Register:
                Reply(transaction, 405);
                break;
            default:
                Reply(transaction, 501);
                break;
        }
    }

    /// <summary>ACK of a 2xx.</summary>
    public void OnAck(SipRequest ack)
    {
        if (ack.CSeq.Number == runner.Responder.AwaitedAck)
        {
            runner.Post(SessionInput.PeerAck, new() { Body = SipBody.Of(ack), Cause = SipEndCause.LocalBye });
        }
    }

    /// <summary>CANCEL of <paramref name="invite"/>, which is or was ours to answer.</summary>
    private void OnCancel(ServerTransaction cancel, ServerTransaction invite)
    {
        if (runner.Pending != invite)
        {
            Reply(cancel, 200); // answered already: 200 without effect (§9.2)
            return;
        }

        var step = new SessionStep
        {
            Request = cancel,
            Status = 487,
            Reason = ReasonOf(cancel.Request),
            Cause = SipEndCause.RemoteCancel,
        };
        PostOrGone(SessionInput.PeerCancel, step);
    }

    /// <summary>Answers a request without a body.</summary>
    public void Reply(ServerTransaction? transaction, int status, TimeSpan? retryAfter = null)
    {
        if (transaction is null)
        {
            return;
        }

        var builder = runner.Host.Answer(transaction.Request, transaction.Flow, status, runner.LocalTag);
        if (retryAfter is { } wait)
        {
            builder.Set(SipHeaderNames.RetryAfter, Seconds(wait));
        }

        transaction.Respond(builder.Build());
    }

    /// <summary>Whole seconds as a header value.</summary>
    public static string Seconds(TimeSpan time) => ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private void HearCancel(ServerTransaction transaction)
    {
        if (transaction is InviteServerTransaction invite)
        {
            invite.Canceled = cancel => runner.Enqueue(() => OnCancel(cancel, invite));
        }
    }

    private static string? ReasonOf(SipRequest request) =>
        string.Join(", ", request.Headers.Values(SipHeaderNames.Reason)) is { Length: > 0 } reasons ? reasons : null;

    private void OnOffer(ServerTransaction transaction, SessionInput input)
    {
        var request = transaction.Request;
        if (!SipBody.CanRead(request))
        {
            Reply(transaction, 415);
            return;
        }

        if (IsTooShort(transaction))
        {
            return;
        }

        var step = new SessionStep { Request = transaction, Body = SipBody.Of(request) };
        var before = runner.State;
        HearCancel(transaction);
        PostOrGone(input, step);
        if (!before.PeerUnanswered && runner.State.PeerUnanswered)
        {
            if (runner.Dialog is { } dialog)
            {
                runner.Dialog = dialog.WithTarget(request.Contact);
            }

            runner.Outbound.LearnSource(request, transaction.Flow);
        }
    }

    // 422 to a session interval below our minimum (RFC 4028 §9).
    private bool IsTooShort(ServerTransaction transaction)
    {
        var settings = runner.Host.SessionTimer;
        if (!runner.Host.Supports(SessionRefresh.OptionTag) || !SessionRefresh.IsTooShort(settings, transaction.Request))
        {
            return false;
        }

        var builder = runner.Host.Answer(transaction.Request, transaction.Flow, 422, runner.LocalTag);
        transaction.Respond(builder.Set(SipHeaderNames.MinSE, SessionRefresh.MinimumOf(settings)).Build());
        return true;
    }

    // UPDATE without an offer: a refresh, and nothing else changes.
    private void Refreshed(ServerTransaction transaction)
    {
        var builder = runner.Host.Answer(transaction.Request, transaction.Flow, 200, runner.LocalTag);
        if (runner.Host.Supports(SessionRefresh.OptionTag) && runner.State.Phase == SessionPhase.Established)
        {
            runner.Refresh.Answer(transaction.Request, builder);
        }

        transaction.Respond(builder.Build());
    }

    private void OnPrack(ServerTransaction transaction)
    {
        // An offer in PRACK (RFC 3262 §5) has no answer of ours: the response that it acknowledges stands all the same.
        var known = transaction.Request.RAck is { } rack && runner.Responder.AwaitedRAck == rack;
        var taken = known && runner.Post(SessionInput.PeerPrack, SessionStep.Empty);
        Reply(transaction, !taken ? 481 : transaction.Request.Body.IsEmpty ? 200 : 488);
    }

    private void OnInfo(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (runner.State.Phase is not (SessionPhase.Established or SessionPhase.Incoming))
        {
            Reply(transaction, 481);
            return;
        }

        // No info package is offered in Recv-Info (RFC 6086 §4.2.2); what came before that RFC has a type and no package.
        if (request.Headers[SipHeaderNames.InfoPackage] is not null)
        {
            var refusal = runner.Host.Answer(request, transaction.Flow, 469, runner.LocalTag);
            transaction.Respond(refusal.Set(SipHeaderNames.RecvInfo, "").Build());
            return;
        }

        if (!request.Body.IsEmpty && (request.ContentType is not { } type || !runner.Host.TakesInfo(type)))
        {
            Reply(transaction, 415);
            return;
        }

        var taken = runner.Tell(new SipSessionEvent.InfoReceived(request.ContentType?.ToString() ?? "", request.Body));
        Reply(transaction, taken ? 200 : 503);
    }

    private void PostOrGone(SessionInput input, SessionStep step)
    {
        if (!runner.Post(input, step))
        {
            Reply(step.Request, 481);
        }
    }
}
