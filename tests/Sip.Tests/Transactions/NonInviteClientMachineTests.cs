using Avatar2D.Sip.Transactions;
using A = Avatar2D.Sip.Transactions.NonInviteClientActions;
using In = Avatar2D.Sip.Transactions.NonInviteClientInput;
using S = Avatar2D.Sip.Transactions.NonInviteClientState;

namespace Avatar2D.Sip.Tests.Transactions;

public sealed class NonInviteClientMachineTests
{
    private const A TimedOut = A.StopTimers | A.NotifyTimeout | A.Terminate;
    private const A Broken = A.StopTimers | A.NotifyTransportError | A.Terminate;
    private const A Final = A.StopTimers | A.ArmK | A.NotifyResponse;

    [Fact]
    public void Next_EveryStateAndInput_FollowsRfc3261() => MachineTable.Check(NonInviteClientMachine.Next, new Dictionary<(S, In), (S, A)>()
    {
        [(S.Idle, In.Start)] = (S.Trying, A.SendRequest | A.ArmE | A.ArmF),
        [(S.Trying, In.TimerE)] = (S.Trying, A.SendRequest | A.ArmE),
        [(S.Trying, In.TimerF)] = (S.Terminated, TimedOut),
        [(S.Trying, In.Provisional)] = (S.Proceeding, A.ArmEAtT2 | A.NotifyResponse),
        [(S.Trying, In.Final)] = (S.Completed, Final),
        [(S.Trying, In.TransportError)] = (S.Terminated, Broken),
        [(S.Proceeding, In.TimerE)] = (S.Proceeding, A.SendRequest | A.ArmEAtT2),
        [(S.Proceeding, In.TimerF)] = (S.Terminated, TimedOut),
        [(S.Proceeding, In.Provisional)] = (S.Proceeding, A.NotifyResponse),
        [(S.Proceeding, In.Final)] = (S.Completed, Final),
        [(S.Proceeding, In.TransportError)] = (S.Terminated, Broken),
        [(S.Completed, In.TimerK)] = (S.Terminated, A.StopTimers | A.Terminate),
    });
}
