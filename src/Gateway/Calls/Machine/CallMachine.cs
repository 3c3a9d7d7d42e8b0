using System.Collections.Immutable;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>
/// The logic of an answered call that gains a picture: (state, input) to (state, actions), pure. Whatever becomes of the
/// picture, the audio call lives on.
/// </summary>
internal static class CallMachine
{
    /// <summary>The picture is asked for at most this often in one call: a phone may ring or prompt at each.</summary>
    internal const int MaxPictureAsks = 3;

    /// <summary>While another offer or answer is on its way: a round trip and some work of the far end.</summary>
    private static readonly TimeSpan ExchangeWait = TimeSpan.FromSeconds(1);

    /// <summary>After "busy" without Retry-After: about the longest wait of a collision (RFC 3261 §14.1 has up to 4 s).</summary>
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(2);

    /// <summary>The state after <paramref name="input"/> and what to do.</summary>
    public static (CallState State, ImmutableArray<CallAction> Actions) Next(CallState state, CallInput input)
    {
        var step = new CallStep(state);
        if (state.Phase != CallPhase.Ended)
            Apply(step, input);
        return (step.State, step.Actions.ToImmutable());
    }

    private static void Apply(CallStep step, CallInput input)
    {
        switch (input)
        {
            case CallInput.Signal signal:
                OnSignal(step, signal.Event);
                break;
            case CallInput.TimerFired { Timer: CallTimer.Answer } when step.State is { Phase: CallPhase.Ringing, Prepared: { } answer }:
                Answer(step, answer.Body, answer.Settles);
                break;
            case CallInput.TimerFired { Timer: CallTimer.Setup } when step.State.Phase is CallPhase.Ringing or CallPhase.Answered:
                End(step, CallEndReason.SetupTimeout);
                break;
            case CallInput.TimerFired { Timer: CallTimer.MaxDuration }:
                End(step, CallEndReason.MaxDuration);
                break;
            case CallInput.TimerFired { Timer: CallTimer.Picture } when step.State.Picture == PicturePhase.Off:
                TakeDownPicture(step);
                break;
            case CallInput.TimerFired { Timer: CallTimer.Picture }:
                AskForPicture(step);
                break;
            case CallInput.AudioSilent when step.State.Sdp.Negotiated?.Audio is { Receives: true, RemoteHold: false }:
                End(step, CallEndReason.MediaTimeout);
                break;
            case CallInput.End end:
                End(step, end.Reason);
                break;
            case CallInput.PictureFailed:
                PictureFailed(step);
                break;
            case CallInput.FaceChosen chosen when step.State.Plan.Video is not null && step.State.Phase != CallPhase.Ending:
                step.Do(new CallAction.ShowFace(chosen.Face));
                break;
            case CallInput.PictureSwitched switched:
                SwitchPicture(step, switched.On);
                break;
        }
    }

    private static void OnSignal(CallStep step, SipSessionEvent signal)
    {
        switch (signal)
        {
            case SipSessionEvent.IncomingInvite invite when step.State.Phase == CallPhase.New:
                OnInvite(step, invite.Body?.Content);
                break;
            case SipSessionEvent.AckReceived ack:
                OnAck(step, ack.Body?.Content);
                break;
            case SipSessionEvent.ReinviteReceived reinvite:
                OnReinvite(step, reinvite.Body?.Content);
                if (step.State.WaitsForResources)
                    GoOnWithResources(step);
                else if (reinvite.IsUpdate && step.State.EarlyAnswer is null)
                    step.Do(new CallAction.Confirmed()); // No ACK will follow (RFC 3311 §5.2).
                break;
            case SipSessionEvent.EarlyAnswered early:
                OnEarlyAnswer(step, early.Body?.Content);
                break;
            case SipSessionEvent.UpdateAnswered updated:
                OnUpdateAnswered(step, updated.Body?.Content);
                break;
            case SipSessionEvent.UpdateRefused:
                step.RollBack();
                break;
            case SipSessionEvent.ReinviteCanceled:
                step.RollBack();
                break;
            case SipSessionEvent.ReinviteAnswered answer:
                OnReinviteAnswered(step, answer.Body?.Content);
                break;
            case SipSessionEvent.ReinviteRefused refused:
                OnReinviteRefused(step, refused);
                break;
            case SipSessionEvent.ReinviteRetryDue:
                if (step.State.Picture == PicturePhase.Asked)
                    SendPictureOffer(step);
                else if (step.State.Picture == PicturePhase.Off)
                    TakeDownPicture(step);
                break;
            case SipSessionEvent.InfoReceived info when MediaControl.IsPictureFastUpdate(info.ContentType, info.Body.Span):
                step.Do(new CallAction.RequestKeyFrame());
                break;
            case SipSessionEvent.InfoReceived info when DtmfInfo.TryRead(info.ContentType, info.Body.Span, out char key):
                step.Do(new CallAction.KeyPressed(key));
                break;
            case SipSessionEvent.Terminated end:
                Finish(step, step.State.EndReason ?? ReasonOf(end));
                break;
        }
    }

    private static void OnInvite(CallStep step, ReadOnlyMemory<byte>? offer)
    {
        CallPlan plan = step.State.Plan;
        if (offer is not { } body)
        {
            // Late offer: ours goes into the 200. The picture is asked for later, as in every other call.
            if (!step.TryOffer([plan.Audio], out SdpSession? ours))
            {
                Refuse(step, CallEndReason.InternalError);
                return;
            }

            RingOrAnswer(step, ours, null);
            return;
        }

        if (!SdpSession.TryParse(body.Span, out SdpSession? remote, out _) || remote is null)
        {
            Refuse(step, CallEndReason.BadOffer);
            return;
        }

        if (!step.TryAnswer(remote, out AnswerResult? answer) || answer.Negotiated.Audio is null)
        {
            Refuse(step, CallEndReason.NoCommonCodec);
            return;
        }

        step.State = step.State with { Sdp = answer.State };
        if (HasResources(answer.Negotiated))
        {
            RingOrAnswer(step, answer.Sdp, answer.Negotiated);
            return;
        }

        step.State = step.State with { Phase = CallPhase.Ringing, WaitsForResources = true };
        step.Do(new CallAction.StartTimer(CallTimer.Setup, plan.SetupTimeout));
        step.Do(new CallAction.Ring(answer.Sdp));
    }

    private static bool HasResources(NegotiatedSession negotiated) => negotiated.Media.All(line => line.PreconditionsMet);

    /// <summary>An UPDATE was answered while the far end reserved its resources: with all of them the call rings (RFC 3312 §6).</summary>
    private static void GoOnWithResources(CallStep step)
    {
        if (step.State.Sdp is not { Negotiated: { } negotiated, Local: { } local } || !HasResources(negotiated))
            return;
        step.State = step.State with { WaitsForResources = false };
        RingOrAnswer(step, local, negotiated);
    }

    private static void RingOrAnswer(CallStep step, SdpSession body, NegotiatedSession? settles)
    {
        CallPlan plan = step.State.Plan;
        step.Do(new CallAction.StartTimer(CallTimer.Setup, plan.SetupTimeout));
        if (plan.AnswerDelay == TimeSpan.Zero)
        {
            Answer(step, body, settles);
            return;
        }

        step.State = step.State with { Phase = CallPhase.Ringing, Prepared = (body, settles) };
        bool isEarly = plan.EarlyMedia && settles is not null;
        step.Do(new CallAction.Ring(isEarly ? body : null));
        if (isEarly)
        {
            Settle(step, settles!); // not null: isEarly
            step.Do(new CallAction.Confirmed());
        }

        step.Do(new CallAction.StartTimer(CallTimer.Answer, plan.AnswerDelay));
    }

    private static void Answer(CallStep step, SdpSession body, NegotiatedSession? settles)
    {
        step.State = step.State with { Phase = CallPhase.Answered, Prepared = null };
        step.Do(new CallAction.Accept(body));
        if (settles is not null)
            Settle(step, settles);
    }

    private static void Refuse(CallStep step, CallEndReason reason)
    {
        step.State = step.State with { Phase = CallPhase.Ending, EndReason = reason };
        step.Do(new CallAction.Reject(reason));
    }

    private static void OnAck(CallStep step, ReadOnlyMemory<byte>? body)
    {
        if (step.State.Sdp.PendingOffer is not null && !TakeLateAnswer(step, body))
            return;
        if (step.State.Phase == CallPhase.Answered)
        {
            step.State = step.State with { Phase = CallPhase.Established };
            step.Do(new CallAction.StopTimer(CallTimer.Setup));
            if (step.State.Plan.MaxDuration is { } longest)
                step.Do(new CallAction.StartTimer(CallTimer.MaxDuration, longest));
            if (step.State.Picture == PicturePhase.Wanted)
                step.Do(new CallAction.StartTimer(CallTimer.Picture, step.State.Plan.AddPictureDelay));
        }

        step.Do(new CallAction.Confirmed());
    }

    /// <summary>The ACK answers the offer of our 2xx. Without sound in its answer a new call cannot go on, a running one stays as it was.</summary>
    private static bool TakeLateAnswer(CallStep step, ReadOnlyMemory<byte>? body)
    {
        bool isNew = step.State.Phase == CallPhase.Answered;
        bool isRead = step.TryTakeAnswer(body, out NegotiatedSession? negotiated);
        if (isNew && negotiated?.Audio is null)
        {
            End(step, isRead ? CallEndReason.NoCommonCodec : CallEndReason.BadOffer);
            return false;
        }

        if (negotiated is null)
            step.RollBack();
        else
            Settle(step, negotiated);
        return true;
    }

    private static void OnReinvite(CallStep step, ReadOnlyMemory<byte>? offer)
    {
        if (offer is not { } body)
        {
            if (step.TryOffer(step.LinesInUse(), out SdpSession? ours))
                step.Do(new CallAction.AnswerReinvite(ours));
            else
                step.Do(new CallAction.RejectReinvite(491));
            return;
        }

        if (!SdpSession.TryParse(body.Span, out SdpSession? remote, out _) || remote is null || !step.TryAnswer(remote, out AnswerResult? answer))
        {
            bool collides = step.State.Sdp.PendingOffer is not null; // RFC 3261 §14.2, RFC 3311 §5.2.
            step.Do(new CallAction.RejectReinvite(collides ? 491 : 488));
            return;
        }

        step.State = step.State with { Sdp = answer.State };
        step.Do(new CallAction.AnswerReinvite(answer.Sdp));
        if (step.State.EarlyAnswer is not null)
            step.State = step.State with { EarlyAnswer = answer.Negotiated };
        else if (!step.State.WaitsForResources)
            Settle(step, answer.Negotiated);
    }

    /// <summary>
    /// The far end answers our offer before it says yes (RFC 3262, RFC 3312). Where it wants to hear that our side is ready, it is
    /// told by UPDATE.
    /// </summary>
    private static void OnEarlyAnswer(CallStep step, ReadOnlyMemory<byte>? body)
    {
        if (!step.TryTakeAnswer(body, out NegotiatedSession? negotiated))
            return; // Its final answer may be a better one.
        step.State = step.State with { EarlyAnswer = negotiated };
        bool isAsked = step.State.Sdp.Remote is { } remote && remote.Media.Any(line => line.Has("conf"));
        if (isAsked && step.TryOffer(step.LinesInUse(), out SdpSession? offer))
            step.Do(new CallAction.SendUpdate(offer));
    }

    private static void OnUpdateAnswered(CallStep step, ReadOnlyMemory<byte>? body)
    {
        if (!step.TryTakeAnswer(body, out NegotiatedSession? negotiated))
            step.RollBack();
        else if (step.State.EarlyAnswer is not null)
            step.State = step.State with { EarlyAnswer = negotiated };
        else
            Settle(step, negotiated);
    }

    private static void OnReinviteAnswered(CallStep step, ReadOnlyMemory<byte>? body)
    {
        if (step.State.EarlyAnswer is { } early)
        {
            step.State = step.State with { EarlyAnswer = null };
            Settle(step, early);
            step.Do(new CallAction.Confirmed());
            return;
        }

        if (step.TryTakeAnswer(body, out NegotiatedSession? negotiated))
        {
            Settle(step, negotiated);
            step.Do(new CallAction.Confirmed());
            return;
        }

        // An unreadable answer to the picture: the audio that both sides agreed on before is the best guess.
        step.RollBack();
        if (step.State.Picture == PicturePhase.Asked)
            PictureRefused(step);
    }

    private static void OnReinviteRefused(CallStep step, SipSessionEvent.ReinviteRefused refused)
    {
        step.RollBack();
        if (step.State.EarlyAnswer is not null)
        {
            // Agreed early and refused in the end, by its user: the line is taken down, and nobody is asked again.
            step.State = step.State with { EarlyAnswer = null, Picture = PicturePhase.Off, PictureAsks = 0 };
            TakeDownPicture(step);
            return;
        }

        if (refused.RetryScheduled || step.State.Picture is not (PicturePhase.Asked or PicturePhase.Off))
            return;
        bool mayAskAgain = refused.Status is 491 or 500 or 503 && step.State.PictureAsks < MaxPictureAsks;
        if (mayAskAgain)
            step.Do(new CallAction.StartTimer(CallTimer.Picture, refused.RetryAfter ?? BusyWait));
        if (step.State.Picture == PicturePhase.Off)
            return;
        if (mayAskAgain)
            step.State = step.State with { Picture = PicturePhase.Wanted };
        else
            PictureRefused(step);
    }

    private static void AskForPicture(CallStep step)
    {
        if (step.State is { Phase: CallPhase.Established, Picture: PicturePhase.Wanted or PicturePhase.Refused })
            SendPictureOffer(step);
    }

    private static void SendPictureOffer(CallStep step)
    {
        if (step.State.Plan.Video is not { } video)
            return;
        if (!step.TryOffer([step.State.Plan.Audio, video], out SdpSession? offer))
        {
            // An exchange is open; the next ACK or answer closes it soon.
            step.State = step.State with { Picture = PicturePhase.Wanted };
            step.Do(new CallAction.StartTimer(CallTimer.Picture, ExchangeWait));
            return;
        }

        step.State = step.State with { Picture = PicturePhase.Asked, PictureAsks = step.State.PictureAsks + 1 };
        step.Do(new CallAction.SendReinvite(offer));
    }

    private static void PictureRefused(CallStep step)
    {
        step.State = step.State with { Picture = PicturePhase.Refused };
        if (step.State.Plan.RetryAfterRefusal is { } wait && step.State.PictureAsks < MaxPictureAsks)
            step.Do(new CallAction.StartTimer(CallTimer.Picture, wait));
    }

    private static void PictureFailed(CallStep step)
    {
        step.State = step.State with { Picture = PicturePhase.Off, PictureAsks = 0, Plan = step.State.Plan with { Video = null } };
        step.Do(new CallAction.StopTimer(CallTimer.Picture));
        TakeDownPicture(step);
    }

    private static void SwitchPicture(CallStep step, bool on)
    {
        if (step.State.Plan.Video is null || step.State.Phase == CallPhase.Ending || on == (step.State.Picture != PicturePhase.Off))
            return;
        step.Do(new CallAction.SwitchPicture(on));
        step.Do(new CallAction.StopTimer(CallTimer.Picture));
        step.State = step.State with { Picture = on ? PicturePhase.Wanted : PicturePhase.Off, PictureAsks = 0 };
        if (!on)
            TakeDownPicture(step);
        else if (step.State.Phase == CallPhase.Established)
            step.Do(new CallAction.StartTimer(CallTimer.Picture, TimeSpan.Zero));
    }

    /// <summary>A line on which no picture will come is offered with port 0, as soon as no other exchange is open.</summary>
    private static void TakeDownPicture(CallStep step)
    {
        if (step.State.Phase == CallPhase.Ending || step.State.Sdp.Negotiated is not { RemoteAcceptedVideo: true })
            return; // Nothing to take down, or our offer with the picture is still out: its answer comes here again.
        if (step.State.Phase != CallPhase.Established || !step.TryOffer([step.State.Plan.Audio], out SdpSession? offer))
        {
            step.Do(new CallAction.StartTimer(CallTimer.Picture, ExchangeWait));
            return;
        }

        step.State = step.State with { PictureAsks = step.State.PictureAsks + 1 };
        step.Do(new CallAction.SendReinvite(offer));
    }

    /// <summary>An exchange is complete: media follows it, and the picture is where it says.</summary>
    private static void Settle(CallStep step, NegotiatedSession negotiated)
    {
        PicturePhase before = step.State.Picture;
        step.Do(new CallAction.ApplyMedia(negotiated));
        if (before == PicturePhase.Off)
        {
            TakeDownPicture(step);
            return;
        }

        if (negotiated.RemoteAcceptedVideo)
        {
            step.State = step.State with { Picture = PicturePhase.Up };
            step.Do(new CallAction.StopTimer(CallTimer.Picture));
        }
        else if (before == PicturePhase.Asked)
        {
            PictureRefused(step);
        }
        else if (before == PicturePhase.Up)
        {
            step.State = step.State with { Picture = PicturePhase.Dropped };
        }
    }

    private static void End(CallStep step, CallEndReason reason)
    {
        if (step.State.EndReason is not null)
            return;
        if (step.State.Phase == CallPhase.Ringing)
        {
            Refuse(step, reason);
            return;
        }

        step.State = step.State with { Phase = CallPhase.Ending, EndReason = reason };
        step.Do(new CallAction.Hangup(reason));
    }

    private static void Finish(CallStep step, CallEndReason reason)
    {
        step.State = step.State with { Phase = CallPhase.Ended, EndReason = reason };
        foreach (CallTimer timer in Enum.GetValues<CallTimer>())
            step.Do(new CallAction.StopTimer(timer));
        step.Do(new CallAction.Finish(reason));
    }

    private static CallEndReason ReasonOf(SipSessionEvent.Terminated end) => end.Cause switch
    {
        SipEndCause.RemoteBye => CallEndReason.RemoteHangup,
        SipEndCause.LocalBye => CallEndReason.LocalHangup,
        SipEndCause.RemoteCancel or SipEndCause.LocalCancel => CallEndReason.Cancelled,
        SipEndCause.RemoteReject or SipEndCause.LocalReject => CallEndReasons.FromStatus(end.Status),
        SipEndCause.Transport => CallEndReason.TransportFailure,
        SipEndCause.Timeout => CallEndReason.SetupTimeout,
        SipEndCause.AckTimeout => CallEndReason.NoAck,
        SipEndCause.DialogGone => CallEndReason.DialogLost,
        SipEndCause.SessionExpired => CallEndReason.SessionExpired,
        SipEndCause.Overload => CallEndReason.InternalError,
        _ => CallEndReason.InternalError,
    };
}
