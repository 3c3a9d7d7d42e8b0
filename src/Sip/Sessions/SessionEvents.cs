using Avatar2D.Sip.Dialogs;
using A = Avatar2D.Sip.Sessions.SessionActions;

namespace Avatar2D.Sip.Sessions;

/// <summary>Makes the events that follow from the actions of one step, in their order. Pure.</summary>
internal static class SessionEvents
{
    /// <summary>The events; those that the owner may refuse (incoming INVITE and re-INVITE) are not among them.</summary>
    public static IEnumerable<SipSessionEvent> Of(A actions, SessionStep step)
    {
        var status = step.Response?.StatusCode ?? step.Status;
        var body = step.Body ?? (step.Response is { } response ? SipBody.Of(response) : null);
        if (actions.HasFlag(A.PostProgress))
        {
            yield return new SipSessionEvent.Progress(status, body);
        }

        if (actions.HasFlag(A.PostEarlyAnswered))
        {
            yield return new SipSessionEvent.EarlyAnswered(body);
        }

        if (actions.HasFlag(A.PostPrack))
        {
            yield return new SipSessionEvent.EarlyAcknowledged();
        }

        if (actions.HasFlag(A.PostUpdateAnswered))
        {
            yield return new SipSessionEvent.UpdateAnswered(body);
        }

        if (actions.HasFlag(A.PostUpdateRefused))
        {
            yield return new SipSessionEvent.UpdateRefused(status, step.RetryAfter);
        }

        if (actions.HasFlag(A.PostAnswered))
        {
            yield return new SipSessionEvent.Answered(body);
        }

        if (actions.HasFlag(A.PostRefused))
        {
            yield return new SipSessionEvent.Refused(status,
                step.Response?.ReasonPhrase ?? Messages.SipStatus.ReasonPhrase(status), step.RetryAfter);
        }

        if (actions.HasFlag(A.PostCanceled))
        {
            yield return new SipSessionEvent.Canceled();
        }

        if (actions.HasFlag(A.PostAck))
        {
            yield return new SipSessionEvent.AckReceived(actions.HasFlag(A.PostReinvite) ? null : body);
        }

        if (actions.HasFlag(A.PostAckTimedOut))
        {
            yield return new SipSessionEvent.AckTimedOut();
        }

        if (actions.HasFlag(A.PostReinviteCanceled))
        {
            yield return new SipSessionEvent.ReinviteCanceled();
        }

        if (actions.HasFlag(A.PostReinviteAnswered))
        {
            yield return new SipSessionEvent.ReinviteAnswered(body);
        }

        if (actions.HasFlag(A.PostReinviteRefused))
        {
            yield return new SipSessionEvent.ReinviteRefused(status, step.RetryAfter, actions.HasFlag(A.ArmRetry));
        }

        if (actions.HasFlag(A.PostRetryDue))
        {
            yield return new SipSessionEvent.ReinviteRetryDue();
        }

        if (actions.HasFlag(A.PostTerminated))
        {
            yield return new SipSessionEvent.Terminated(step.Cause, status, step.Reason);
        }
    }
}
