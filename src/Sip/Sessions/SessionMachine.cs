using A = Avatar2D.Sip.Sessions.SessionActions;
using In = Avatar2D.Sip.Sessions.SessionInput;
using Own = Avatar2D.Sip.Sessions.OwnOffer;
using Peer = Avatar2D.Sip.Sessions.PeerOffer;
using Phase = Avatar2D.Sip.Sessions.SessionPhase;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// One INVITE usage of a dialog, both directions: RFC 3261 §9, §13, §14, §15 with the crossings of RFC 5407. Pure.
/// An order of the user that does not fit the state returns no actions.
/// </summary>
internal static class SessionMachine
{
    /// <summary>The state after <paramref name="input"/> and what to do.</summary>
    public static (SessionState State, A Actions) Next(SessionState state, In input)
    {
        var (next, actions) = Step(state, input);
        return (next with
        {
            // These belong to an INVITE, or to a call that lives, and end with it.
            OwnAnswered = next.OwnAnswered && (next.OwnUnanswered || next.Phase == Phase.Calling),
            PeerAnswered = next.PeerAnswered && next.Phase == Phase.Incoming,
            PrackOwed = next.PrackOwed && next.Phase == Phase.Incoming,
            UpdateOut = next.UpdateOut && next.Phase is (Phase.Calling or Phase.Incoming or Phase.Established),
        }, actions | (state.PrackOwed && next.Phase != Phase.Incoming ? A.StopPrack : A.None));
    }

    private static (SessionState State, A Actions) Step(SessionState state, In input) => state.Phase switch
    {
        Phase.Idle => Idle(state, input),
        Phase.Calling => Calling(state, input),
        Phase.Canceling => Canceling(state, input),
        Phase.Incoming => Incoming(state, input),
        Phase.Established => Established(state, input),
        Phase.Ending => Ending(state, input),
        _ => (state, Gone(input)),
    };

    private static (SessionState, A) Idle(SessionState state, In input) => input switch
    {
        In.Start => (state with { Phase = Phase.Calling }, A.SendInvite | A.ArmNoAnswer),
        In.PeerInvite => (state with { Phase = Phase.Incoming }, A.ArmNoAnswer | A.Introduce),
        In.Hangup => (state with { Phase = Phase.Terminated }, A.PostTerminated | A.Release),
        In.Lost => (state with { Phase = Phase.Terminated }, A.PostRefused | A.PostTerminated | A.Release),
        _ => (state, A.None),
    };

    private static (SessionState, A) Calling(SessionState state, In input) => input switch
    {
        In.Provisional => (state, A.PostProgress),
        In.EarlyAnswer when !state.OwnAnswered => (state with { OwnAnswered = true }, A.PostEarlyAnswered),
        _ when state.OwnAnswered && Update(state, input) is { } update => update,
        In.Success => (state with { Phase = Phase.Established }, A.SendAck | A.StopNoAnswer | A.PostAnswered),
        In.SuccessLate when !state.OwnAnswered =>
            (state with { Phase = Phase.Established, Own = Own.AckOwed }, A.StopNoAnswer | A.PostAnswered),
        In.Failure or In.Lost => (state with { Phase = Phase.Terminated, Peer = Peer.None },
            A.StopNoAnswer | A.PostRefused | A.PostTerminated | A.Release | Cut(state)),
        In.Hangup => (state with { Phase = Phase.Canceling, Peer = Peer.None },
            A.SendCancel | A.StopNoAnswer | A.PostTerminated | Cut(state)),
        In.NoAnswer => (state with { Phase = Phase.Canceling, Peer = Peer.None },
            A.SendCancel | A.PostRefused | A.PostTerminated | Cut(state)),
        _ => (state, Early(input)),
    };

    private static A Cut(SessionState state) => state.PeerUnanswered ? A.CutPending : A.None;

    // UPDATE (RFC 3311 §5) where offer and answer of the INVITE, if one is open, are through; null for any other input.
    private static (SessionState, A)? Update(SessionState state, In input) => input switch
    {
        In.SendUpdate when state is { UpdateOut: false, PeerUnanswered: false, PeerUnacknowledged: false } =>
            (state with { UpdateOut = true }, A.SendUpdate),
        In.UpdateSuccess when state.UpdateOut => (state with { UpdateOut = false }, A.PostUpdateAnswered),
        In.UpdateFailure when state.UpdateOut => (state with { UpdateOut = false }, A.PostUpdateRefused),
        In.PeerUpdate => state switch
        {
            { UpdateOut: true } or { PeerUnacknowledged: true } => (state, A.Reply491),
            { PeerUnanswered: true } => (state, A.Reply500),
            _ => (state with { Peer = Peer.PendingUpdate }, A.PostReinvite),
        },
        In.AnswerReinvite or In.RejectReinvite when state.Peer == Peer.PendingUpdate => (state with { Peer = Peer.None }, A.Respond),
        _ => null,
    };

    private static (SessionState, A) Canceling(SessionState state, In input) => input switch
    {
        // The 2xx crossed the CANCEL (§9.1): it must be acknowledged, and the dialog ended.
        In.Success or In.SuccessLate => (state with { Phase = Phase.Ending }, A.SendAck | A.SendBye),
        In.Failure or In.Lost => (state with { Phase = Phase.Terminated }, A.Release),
        _ => (state, Early(input)),
    };

    // The callee may not send BYE or INVITE in an early dialog; an UPDATE would cross our open offer.
    private static A Early(In input) => input switch
    {
        In.PeerBye or In.PeerCancel => A.Reply481,
        In.PeerInvite or In.PeerUpdate => A.Reply491,
        _ => A.None,
    };

    private static (SessionState, A) Incoming(SessionState state, In input)
    {
        var over = state with { Phase = Phase.Terminated, Peer = Peer.None };
        return input switch
        {
            In.Ring => (state, A.Respond),
            In.RingReliably when !state.PrackOwed => (state with { PrackOwed = true }, A.Respond | A.ArmPrack),
            In.RingEarly when state is { PrackOwed: false, PeerAnswered: false } =>
                (state with { PrackOwed = true, PeerAnswered = true }, A.Respond | A.ArmPrack),
            In.PeerPrack when state.PrackOwed => (state with { PrackOwed = false }, A.StopPrack | A.PostPrack),
            In.PrackTimeout when state.PrackOwed => (over, A.Respond | A.StopNoAnswer | A.PostTerminated | A.Release | Cut(state)),
            _ when state is { PeerAnswered: true, PrackOwed: false } && Update(state, input) is { } update => update,
            In.Accept or In.AcceptLate when state.PeerUnanswered => (state, A.None),
            In.Accept or In.AcceptLate when state is { PeerAnswered: true, PrackOwed: true } => (state, A.HoldAccept),
            In.Accept => (state with { Phase = Phase.Established, Peer = Peer.AwaitAck },
                A.Respond | A.ArmAck | A.StopNoAnswer),
            In.AcceptLate => (state with { Phase = Phase.Established, Peer = Peer.AwaitAnswer },
                A.Respond | A.ArmAck | A.StopNoAnswer),
            In.Reject or In.Hangup => (over, A.Respond | A.StopNoAnswer | A.PostTerminated | A.Release | Cut(state)),
            In.NoAnswer => (over, A.Respond | A.PostTerminated | A.Release | Cut(state)),
            In.PeerCancel => (over, A.ReplyOk | A.CutPending | A.StopNoAnswer | A.PostCanceled | A.PostTerminated | A.Release),
            In.PeerBye => (over, A.ReplyOk | A.CutPending | A.StopNoAnswer | A.PostTerminated | A.Release),
            In.PeerInvite or In.PeerUpdate => (state, A.Reply500),
            _ => (state, A.None),
        };
    }

    private static (SessionState, A) Established(SessionState state, In input) => input switch
    {
        In.SendReinvite when state is { Own: Own.None, Peer: Peer.None, UpdateOut: false } =>
            (state with { Own = Own.Pending }, A.SendReinvite | A.ArmNoAnswer),
        In.CancelReinvite when state.Own == Own.Pending =>
            (state with { Own = Own.Canceling }, A.SendCancel | A.StopNoAnswer),
        In.NoAnswer when state.Own == Own.Pending => (state with { Own = Own.Canceling }, A.SendCancel),
        In.SendAckBody when state.Own == Own.AckOwed => (state with { Own = Own.None }, A.SendAck),

        In.EarlyAnswer when state is { OwnUnanswered: true, OwnAnswered: false } =>
            (state with { OwnAnswered = true }, A.PostEarlyAnswered),

        // Also when cancelled: the answer crossed the CANCEL, so offer and answer stand.
        In.ReinviteSuccess when state.OwnUnanswered =>
            (state with { Own = Own.None }, A.SendAck | A.StopNoAnswer | A.PostReinviteAnswered),
        In.ReinviteSuccessLate when state is { OwnUnanswered: true, OwnAnswered: false } =>
            (state with { Own = Own.AckOwed }, A.StopNoAnswer | A.PostReinviteAnswered),
        In.ReinviteGlare when state.Own == Own.Pending =>
            (state with { Own = Own.RetryWait }, A.StopNoAnswer | A.ArmRetry | A.PostReinviteRefused),
        In.ReinviteGlare or In.ReinviteFailure when state.OwnUnanswered =>
            (state with { Own = Own.None }, A.StopNoAnswer | A.PostReinviteRefused),
        In.ReinviteGone when state.OwnUnanswered => (state with { Phase = Phase.Ending, Own = Own.None, Peer = Peer.None },
            A.SendBye | A.StopNoAnswer | A.PostReinviteRefused | A.PostTerminated | Cut(state)),
        In.RetryDue when state.Own == Own.RetryWait => state.Peer == Peer.None
            ? (state with { Own = Own.None }, A.PostRetryDue)
            : (state, A.ArmRetry),

        In.PeerInvite => PeerInvite(state),
        In.PeerUpdate when state is { OwnUnanswered: true, OwnAnswered: false } or { Own: Own.AckOwed } => (state, A.Reply491),
        In.SendUpdate when state is { OwnUnanswered: true, OwnAnswered: false } or { Own: Own.AckOwed } => (state, A.None),
        _ when Update(state, input) is { } update => update,
        In.Ring when state.Peer == Peer.Pending => (state, A.Respond),
        In.AnswerReinvite when state.Peer == Peer.Pending => (state with { Peer = Peer.AwaitAck }, A.Respond | A.ArmAck),
        In.AnswerReinviteLate when state.Peer == Peer.Pending =>
            (state with { Peer = Peer.AwaitAnswer }, A.Respond | A.ArmAck),
        In.RejectReinvite when state.PeerUnanswered => (state with { Peer = Peer.None }, A.Respond),

        In.PeerCancel when state.Peer == Peer.Pending =>
            (state with { Peer = Peer.None }, A.ReplyOk | A.CutPending | A.PostReinviteCanceled),
        // Too late, or for another request: 200 without effect (§9.2).
        In.PeerCancel => (state, A.ReplyOk),
        In.PeerAck when state.PeerUnacknowledged => (state with { Peer = Peer.None }, A.StopAck | A.PostAck),
        In.AckTimeout when state.PeerUnacknowledged => (new(Phase.Ending, Own.None, Peer.None),
            A.SendBye | A.StopRetry | A.PostAckTimedOut | A.PostTerminated),

        In.Hangup => Hangup(state),
        In.PeerBye => (new(Phase.Terminated, Own.None, Peer.None), PeerBye(state)),
        _ => (state, A.None),
    };

    private static (SessionState, A) PeerInvite(SessionState state) => state switch
    {
        { OwnUnanswered: true } or { Own: Own.AckOwed } or { Peer: Peer.AwaitAnswer } or { UpdateOut: true } => (state, A.Reply491),
        { PeerUnanswered: true } => (state, A.Reply500),
        // Who sends a re-INVITE has our 2xx: it stands for the ACK that is lost or late (RFC 5407 §3.1.5).
        { Peer: Peer.AwaitAck } => (state with { Peer = Peer.Pending }, A.StopAck | A.PostAck | A.PostReinvite),
        _ => (state with { Peer = Peer.Pending }, A.PostReinvite),
    };

    private static (SessionState, A) Hangup(SessionState state)
    {
        const A Always = A.StopRetry | A.PostTerminated;
        if (state.PeerUnacknowledged)
        {
            // §15: the callee sends no BYE before the ACK came or its wait ended.
            return (state with { Phase = Phase.Ending, Own = Own.None }, Always);
        }

        var first = state switch
        {
            { OwnUnanswered: true } => A.AbandonInvite | A.StopNoAnswer | Cut(state),
            { Own: Own.AckOwed } => A.SendAck | Cut(state),
            _ => Cut(state),
        };
        return (new(Phase.Ending, Own.None, Peer.None), first | A.SendBye | Always);
    }

    private static A PeerBye(SessionState state)
    {
        var actions = A.ReplyOk | A.StopRetry | A.PostTerminated | A.Release;
        actions |= state.OwnUnanswered ? A.AbandonInvite | A.StopNoAnswer : A.None;
        actions |= state.Own == Own.AckOwed ? A.SendAck : A.None;
        actions |= state.PeerUnanswered ? A.CutPending : A.None;
        actions |= state.PeerUnacknowledged ? A.StopAck : A.None;
        return actions;
    }

    private static (SessionState, A) Ending(SessionState state, In input) => input switch
    {
        In.ByeDone => (state with { Phase = Phase.Terminated }, A.Release),
        In.PeerAck when state.PeerUnacknowledged => (state with { Peer = Peer.None }, A.StopAck | A.SendBye),
        In.AckTimeout when state.PeerUnacknowledged => (state with { Peer = Peer.None }, A.SendBye),
        // Their BYE makes ours needless when ours still waits for the ACK.
        In.PeerBye when state.PeerUnacknowledged =>
            (new(Phase.Terminated, Own.None, Peer.None), A.ReplyOk | A.StopAck | A.Release),
        In.PeerBye => (state, A.ReplyOk),
        _ => (state, Gone(input)),
    };

    // A 2xx to an abandoned re-INVITE is still acknowledged; requests find no dialog.
    private static A Gone(In input) => input switch
    {
        In.ReinviteSuccess or In.ReinviteSuccessLate => A.SendAck,
        In.PeerCancel => A.ReplyOk,
        In.PeerInvite or In.PeerUpdate or In.PeerBye => A.Reply481,
        _ => A.None,
    };
}
