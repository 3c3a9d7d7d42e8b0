using Avatar2D.Sip.Sessions;
using A = Avatar2D.Sip.Sessions.SessionActions;
using In = Avatar2D.Sip.Sessions.SessionInput;

namespace Avatar2D.Sip.Tests.Sessions;

public sealed class SessionMachineTests
{
    private const A EndsForUser = A.PostTerminated;
    private static readonly SessionState Up = new(SessionPhase.Established, OwnOffer.None, PeerOffer.None);

    /// <summary>Every state that some order of inputs leads to, with the number of PostTerminated on the way.</summary>
    private static HashSet<(SessionState State, bool Told)> Reachable()
    {
        var seen = new HashSet<(SessionState, bool)>();
        var open = new Stack<(SessionState State, bool Told)>([(SessionState.Start, false)]);
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at))
            {
                continue;
            }

            foreach (var input in Enum.GetValues<In>())
            {
                var (next, actions) = SessionMachine.Next(at.State, input);
                open.Push((next, at.Told || actions.HasFlag(EndsForUser)));
            }
        }

        return seen;
    }

    [Fact]
    public void Next_EveryReachableStateAndInput_TellsTheEndExactlyOnceAndNothingAfterIt()
    {
        const A events = A.Introduce | A.PostProgress | A.PostAnswered | A.PostRefused | A.PostCanceled | A.PostAck
            | A.PostAckTimedOut | A.PostReinvite | A.PostReinviteCanceled | A.PostReinviteAnswered | A.PostReinviteRefused
            | A.PostRetryDue | A.PostTerminated | A.PostEarlyAnswered | A.PostUpdateAnswered | A.PostUpdateRefused | A.PostPrack;
        foreach (var (state, told) in Reachable())
        {
            var over = state.Phase is SessionPhase.Canceling or SessionPhase.Ending or SessionPhase.Terminated;
            Assert.Equal(over, told);
            foreach (var input in Enum.GetValues<In>())
            {
                var (_, actions) = SessionMachine.Next(state, input);
                Assert.True(!told || (actions & events) == 0, $"{state} + {input} posts {actions & events} after the end");
            }
        }
    }

    [Fact]
    public void Next_EveryReachableStateAndInput_ReleasesWhenAndOnlyWhenItTerminates()
    {
        foreach (var (state, _) in Reachable())
        {
            foreach (var input in Enum.GetValues<In>())
            {
                var (next, actions) = SessionMachine.Next(state, input);
                var ends = state.Phase != SessionPhase.Terminated && next.Phase == SessionPhase.Terminated;
                Assert.True(ends == actions.HasFlag(A.Release), $"{state} + {input}");
            }
        }
    }

    [Fact]
    public void Next_EveryReachableStateAndPeerRequest_IsAnsweredOnceOrLeftToTheUser()
    {
        const A replies = A.ReplyOk | A.Reply481 | A.Reply491 | A.Reply500;
        foreach (var (state, _) in Reachable().Where(r => r.State.Phase != SessionPhase.Idle))
        {
            foreach (var input in new[] { In.PeerInvite, In.PeerUpdate, In.PeerBye, In.PeerCancel })
            {
                var (next, actions) = SessionMachine.Next(state, input);
                var count = ulong.PopCount((ulong)(actions & replies)) + (next.PeerUnanswered && !state.PeerUnanswered ? 1UL : 0);
                Assert.True(count == 1, $"{state} + {input}: {actions}");
            }
        }
    }

    [Fact]
    public void Next_EveryReachableState_NeverHasBothSidesInvitesOpen()
    {
        foreach (var (state, _) in Reachable())
        {
            Assert.False(state.OwnUnanswered && ((state.PeerUnanswered && !state.OwnAnswered) || state.PeerUnacknowledged), state.ToString());
            Assert.False(state.Own == OwnOffer.AckOwed && state.PeerUnanswered, state.ToString());
        }
    }

    [Fact]
    public void Next_EveryReachableStateAndBye_LeavesNoPendingRequestBehind()
    {
        foreach (var (state, _) in Reachable().Where(r => r.State.Phase is SessionPhase.Established or SessionPhase.Incoming))
        {
            foreach (var input in new[] { In.PeerBye, In.Hangup })
            {
                var (next, actions) = SessionMachine.Next(state, input);
                Assert.Equal(OwnOffer.None, next.Own);
                Assert.True(!state.OwnUnanswered || actions.HasFlag(A.AbandonInvite), $"{state} + {input}");
                Assert.True(!state.PeerUnanswered || actions.HasFlag(A.CutPending), $"{state} + {input}");
                Assert.True(state.Own != OwnOffer.AckOwed || actions.HasFlag(A.SendAck), $"{state} + {input}");
            }
        }
    }

    public static TheoryData<OwnOffer2, PeerOffer2, InputName, ulong> Glare => new()
    {
        { OwnOffer2.Pending, PeerOffer2.None, InputName.PeerInvite, (ulong)A.Reply491 },
        { OwnOffer2.Canceling, PeerOffer2.None, InputName.PeerInvite, (ulong)A.Reply491 },
        { OwnOffer2.AckOwed, PeerOffer2.None, InputName.PeerInvite, (ulong)A.Reply491 },
        { OwnOffer2.RetryWait, PeerOffer2.None, InputName.PeerInvite, (ulong)A.PostReinvite },
        { OwnOffer2.None, PeerOffer2.None, InputName.PeerInvite, (ulong)A.PostReinvite },
        { OwnOffer2.None, PeerOffer2.Pending, InputName.PeerInvite, (ulong)A.Reply500 },
        { OwnOffer2.None, PeerOffer2.PendingUpdate, InputName.PeerInvite, (ulong)A.Reply500 },
        { OwnOffer2.None, PeerOffer2.AwaitAnswer, InputName.PeerInvite, (ulong)A.Reply491 },
        { OwnOffer2.None, PeerOffer2.AwaitAck, InputName.PeerInvite, (ulong)(A.StopAck | A.PostAck | A.PostReinvite) },
        { OwnOffer2.Pending, PeerOffer2.None, InputName.PeerUpdate, (ulong)A.Reply491 },
        { OwnOffer2.None, PeerOffer2.Pending, InputName.PeerUpdate, (ulong)A.Reply500 },
        { OwnOffer2.None, PeerOffer2.AwaitAck, InputName.PeerUpdate, (ulong)A.Reply491 },
        { OwnOffer2.None, PeerOffer2.Pending, InputName.SendReinvite, 0 },
        { OwnOffer2.None, PeerOffer2.AwaitAck, InputName.SendReinvite, 0 },
        { OwnOffer2.Pending, PeerOffer2.None, InputName.SendReinvite, 0 },
        { OwnOffer2.RetryWait, PeerOffer2.None, InputName.SendReinvite, 0 },
        { OwnOffer2.None, PeerOffer2.None, InputName.SendReinvite, (ulong)(A.SendReinvite | A.ArmNoAnswer) },
    };

    [Theory]
    [MemberData(nameof(Glare))]
    public void Next_CrossingOffers_FollowsRfc3261Section14(OwnOffer2 own, PeerOffer2 peer, InputName input, ulong expected)
    {
        var state = Up with { Own = Enum.Parse<OwnOffer>(own.ToString()), Peer = Enum.Parse<PeerOffer>(peer.ToString()) };
        Assert.Equal((A)expected, SessionMachine.Next(state, Enum.Parse<In>(input.ToString())).Actions);
    }

    [Fact]
    public void Next_ReinviteGoneWhilePending_SendsByeAndEnds()
    {
        var (next, actions) = SessionMachine.Next(Up with { Own = OwnOffer.Pending }, In.ReinviteGone);
        Assert.Equal(SessionPhase.Ending, next.Phase);
        Assert.True(actions.HasFlag(A.SendBye | A.PostReinviteRefused | A.PostTerminated));
    }

    [Fact]
    public void Next_ReinviteFailureWhilePending_LeavesTheSessionUp()
    {
        var (next, actions) = SessionMachine.Next(Up with { Own = OwnOffer.Pending }, In.ReinviteFailure);
        Assert.Equal((Up, A.StopNoAnswer | A.PostReinviteRefused), (next, actions));
    }

    [Fact]
    public void Next_HangupBeforeAck_HoldsByeUntilTheAck()
    {
        var (waiting, first) = SessionMachine.Next(Up with { Peer = PeerOffer.AwaitAck }, In.Hangup);
        Assert.False(first.HasFlag(A.SendBye));
        var (_, second) = SessionMachine.Next(waiting, In.PeerAck);
        Assert.Equal(A.StopAck | A.SendBye, second);
    }

    [Fact]
    public void Next_SuccessAfterCancel_AcknowledgesAndSendsBye()
    {
        var (canceling, first) = SessionMachine.Next(new(SessionPhase.Calling, OwnOffer.None, PeerOffer.None), In.Hangup);
        Assert.True(first.HasFlag(A.SendCancel | A.PostTerminated));
        var (ending, second) = SessionMachine.Next(canceling, In.Success);
        Assert.Equal((SessionPhase.Ending, A.SendAck | A.SendBye), (ending.Phase, second));
    }

    /// <summary>Mirror of the internal type, which a public theory cannot name.</summary>
    public enum OwnOffer2 { None, Pending, Canceling, AckOwed, RetryWait }

    /// <summary>Mirror of the internal type.</summary>
    public enum PeerOffer2 { None, Pending, PendingUpdate, AwaitAck, AwaitAnswer }

    /// <summary>Mirror of the internal inputs that matter for glare.</summary>
    public enum InputName { PeerInvite, PeerUpdate, SendReinvite }
}
