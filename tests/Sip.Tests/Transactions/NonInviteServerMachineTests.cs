using Avatar2D.Sip.Transactions;
using A = Avatar2D.Sip.Transactions.NonInviteServerActions;
using In = Avatar2D.Sip.Transactions.NonInviteServerInput;
using S = Avatar2D.Sip.Transactions.NonInviteServerState;

namespace Avatar2D.Sip.Tests.Transactions;

public sealed class NonInviteServerMachineTests
{
    private const A Broken = A.StopTimers | A.NotifyTransportError | A.Terminate;

    [Fact]
    public void Next_EveryStateAndInput_FollowsRfc3261() => MachineTable.Check(NonInviteServerMachine.Next, new Dictionary<(S, In), (S, A)>()
    {
        [(S.Trying, In.SendProvisional)] = (S.Proceeding, A.SendResponse),
        [(S.Trying, In.SendFinal)] = (S.Completed, A.SendResponse | A.ArmJ),
        [(S.Trying, In.TransportError)] = (S.Terminated, Broken),
        [(S.Proceeding, In.SendProvisional)] = (S.Proceeding, A.SendResponse),
        [(S.Proceeding, In.SendFinal)] = (S.Completed, A.SendResponse | A.ArmJ),
        [(S.Proceeding, In.Retransmission)] = (S.Proceeding, A.ResendLast),
        [(S.Proceeding, In.TransportError)] = (S.Terminated, Broken),
        [(S.Completed, In.Retransmission)] = (S.Completed, A.ResendLast),
        [(S.Completed, In.TimerJ)] = (S.Terminated, A.StopTimers | A.Terminate),
        [(S.Completed, In.TransportError)] = (S.Terminated, Broken),
    });
}
