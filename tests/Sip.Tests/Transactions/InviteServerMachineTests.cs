using Avatar2D.Sip.Transactions;
using A = Avatar2D.Sip.Transactions.InviteServerActions;
using In = Avatar2D.Sip.Transactions.InviteServerInput;
using S = Avatar2D.Sip.Transactions.InviteServerState;

namespace Avatar2D.Sip.Tests.Transactions;

public sealed class InviteServerMachineTests
{
    private const A Provisional = A.StopTimers | A.SendResponse;
    private const A Success = A.StopTimers | A.SendResponse | A.ArmL;
    private const A Failure = A.StopTimers | A.SendResponse | A.ArmG | A.ArmH;

    [Fact]
    public void Next_EveryStateAndInput_FollowsRfc3261AndRfc6026() => MachineTable.Check(InviteServerMachine.Next, new Dictionary<(S, In), (S, A)>()
    {
        [(S.Trying, In.TimerTrying)] = (S.Proceeding, A.StopTimers | A.SendTrying),
        [(S.Trying, In.Retransmission)] = (S.Proceeding, A.StopTimers | A.SendTrying),
        [(S.Trying, In.SendProvisional)] = (S.Proceeding, Provisional),
        [(S.Trying, In.SendSuccess)] = (S.Accepted, Success),
        [(S.Trying, In.SendFailure)] = (S.Completed, Failure),
        [(S.Trying, In.TransportError)] = (S.Trying, A.NotifyTransportError),
        [(S.Proceeding, In.Retransmission)] = (S.Proceeding, A.ResendLast),
        [(S.Proceeding, In.SendProvisional)] = (S.Proceeding, Provisional),
        [(S.Proceeding, In.SendSuccess)] = (S.Accepted, Success),
        [(S.Proceeding, In.SendFailure)] = (S.Completed, Failure),
        [(S.Proceeding, In.TransportError)] = (S.Proceeding, A.NotifyTransportError),
        [(S.Completed, In.Retransmission)] = (S.Completed, A.ResendLast),
        [(S.Completed, In.TimerG)] = (S.Completed, A.ResendLast | A.ArmG),
        [(S.Completed, In.TimerH)] = (S.Terminated, A.StopTimers | A.NotifyTimeout | A.Terminate),
        [(S.Completed, In.Ack)] = (S.Confirmed, A.StopTimers | A.ArmI),
        [(S.Completed, In.TransportError)] = (S.Completed, A.NotifyTransportError),
        [(S.Confirmed, In.TimerI)] = (S.Terminated, A.StopTimers | A.Terminate),
        [(S.Accepted, In.Ack)] = (S.Accepted, A.NotifyAck),
        [(S.Accepted, In.SendSuccess)] = (S.Accepted, A.SendResponse),
        [(S.Accepted, In.TimerL)] = (S.Terminated, A.StopTimers | A.Terminate),
        [(S.Accepted, In.TransportError)] = (S.Accepted, A.NotifyTransportError),
    });
}
