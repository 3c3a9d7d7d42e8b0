using Avatar2D.Sip.Transactions;
using A = Avatar2D.Sip.Transactions.InviteClientActions;
using In = Avatar2D.Sip.Transactions.InviteClientInput;
using S = Avatar2D.Sip.Transactions.InviteClientState;

namespace Avatar2D.Sip.Tests.Transactions;

public sealed class InviteClientMachineTests
{
    private const A TimedOut = A.StopTimers | A.NotifyTimeout | A.Terminate;
    private const A Broken = A.StopTimers | A.NotifyTransportError | A.Terminate;

    [Fact]
    public void Next_EveryStateAndInput_FollowsRfc3261AndRfc6026() => MachineTable.Check(InviteClientMachine.Next, new Dictionary<(S, In), (S, A)>()
    {
        [(S.Idle, In.Start)] = (S.Calling, A.SendRequest | A.ArmA | A.ArmB),
        [(S.Idle, In.Abandon)] = (S.Terminated, A.Terminate),
        [(S.Calling, In.TimerA)] = (S.Calling, A.SendRequest | A.ArmA),
        [(S.Calling, In.TimerB)] = (S.Terminated, TimedOut),
        [(S.Calling, In.Provisional)] = (S.Proceeding, A.StopTimers | A.NotifyResponse),
        [(S.Calling, In.Success)] = (S.Accepted, A.StopTimers | A.ArmM | A.NotifyResponse),
        [(S.Calling, In.Failure)] = (S.Completed, A.StopTimers | A.SendAck | A.ArmD | A.NotifyResponse),
        [(S.Calling, In.TransportError)] = (S.Terminated, Broken),
        [(S.Calling, In.Abandon)] = (S.Calling, A.ArmAbandon),
        [(S.Calling, In.TimerAbandon)] = (S.Terminated, TimedOut),
        [(S.Proceeding, In.Provisional)] = (S.Proceeding, A.NotifyResponse),
        [(S.Proceeding, In.Success)] = (S.Accepted, A.StopTimers | A.ArmM | A.NotifyResponse),
        [(S.Proceeding, In.Failure)] = (S.Completed, A.StopTimers | A.SendAck | A.ArmD | A.NotifyResponse),
        [(S.Proceeding, In.TransportError)] = (S.Terminated, Broken),
        [(S.Proceeding, In.Abandon)] = (S.Proceeding, A.ArmAbandon),
        [(S.Proceeding, In.TimerAbandon)] = (S.Terminated, TimedOut),
        [(S.Completed, In.Failure)] = (S.Completed, A.SendAck),
        [(S.Completed, In.TimerD)] = (S.Terminated, A.StopTimers | A.Terminate),
        [(S.Completed, In.TransportError)] = (S.Terminated, A.StopTimers | A.Terminate),
        [(S.Accepted, In.Success)] = (S.Accepted, A.NotifyResponse),
        [(S.Accepted, In.TimerM)] = (S.Terminated, A.StopTimers | A.Terminate),
    });
}
