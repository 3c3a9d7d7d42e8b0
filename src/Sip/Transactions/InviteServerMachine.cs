namespace Avatar2D.Sip.Transactions;

/// <summary>States of an INVITE server transaction, RFC 3261 §17.2.1 and RFC 6026 §8.7.</summary>
internal enum InviteServerState
{
    /// <summary>INVITE came, nothing sent yet (the first 200 ms of the RFC's Proceeding).</summary>
    Trying,

    /// <summary>A provisional response went out.</summary>
    Proceeding,

    /// <summary>A failure went out; waiting for ACK.</summary>
    Completed,

    /// <summary>ACK came; repeats are absorbed.</summary>
    Confirmed,

    /// <summary>2xx went out; the user repeats it until ACK.</summary>
    Accepted,

    /// <summary>Over.</summary>
    Terminated,
}

/// <summary>What happens to an INVITE server transaction.</summary>
internal enum InviteServerInput
{
    /// <summary>The INVITE came again.</summary>
    Retransmission,

    /// <summary>ACK with the branch of the INVITE came.</summary>
    Ack,

    /// <summary>The user answers 1xx.</summary>
    SendProvisional,

    /// <summary>The user answers 2xx.</summary>
    SendSuccess,

    /// <summary>The user answers 3xx to 6xx.</summary>
    SendFailure,

    /// <summary>The user was silent for 200 ms.</summary>
    TimerTrying,

    /// <summary>Retransmission of the failure is due (unreliable transports only).</summary>
    TimerG,

    /// <summary>64*T1 without ACK.</summary>
    TimerH,

    /// <summary>Absorbing of repeated ACKs is over.</summary>
    TimerI,

    /// <summary>Absorbing of repeated INVITEs after 2xx is over.</summary>
    TimerL,

    /// <summary>A response could not be sent.</summary>
    TransportError,
}

/// <summary>What the runner of an INVITE server transaction does, in the order of the bits.</summary>
[Flags]
internal enum InviteServerActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Stop the timer of 100, G and H.</summary>
    StopTimers = 1 << 0,

    /// <summary>Send 100 (Trying).</summary>
    SendTrying = 1 << 1,

    /// <summary>Send the response that the user gave, and keep it for repeats.</summary>
    SendResponse = 1 << 2,

    /// <summary>Send the last response again.</summary>
    ResendLast = 1 << 3,

    /// <summary>Start or double timer G, at most T2.</summary>
    ArmG = 1 << 4,

    /// <summary>Start timer H.</summary>
    ArmH = 1 << 5,

    /// <summary>Start timer I.</summary>
    ArmI = 1 << 6,

    /// <summary>Start timer L.</summary>
    ArmL = 1 << 7,

    /// <summary>Hand the ACK to the user.</summary>
    NotifyAck = 1 << 8,

    /// <summary>Tell the user: no ACK came for the failure.</summary>
    NotifyTimeout = 1 << 9,

    /// <summary>Tell the user: a response could not be sent.</summary>
    NotifyTransportError = 1 << 10,

    /// <summary>Forget the transaction.</summary>
    Terminate = 1 << 11,
}

/// <summary>INVITE server transaction, RFC 3261 §17.2.1 (figure 7) with the Accepted state of RFC 6026 §8.7. Pure.</summary>
internal static class InviteServerMachine
{
    /// <summary>The state after <paramref name="input"/> and what to do; an input without meaning changes nothing.</summary>
    public static (InviteServerState State, InviteServerActions Actions) Next(InviteServerState state, InviteServerInput input) =>
        (state, input) switch
        {
            (InviteServerState.Trying, InviteServerInput.TimerTrying or InviteServerInput.Retransmission) =>
                (InviteServerState.Proceeding, InviteServerActions.StopTimers | InviteServerActions.SendTrying),
            (InviteServerState.Trying or InviteServerState.Proceeding, InviteServerInput.SendProvisional) =>
                (InviteServerState.Proceeding, InviteServerActions.StopTimers | InviteServerActions.SendResponse),
            (InviteServerState.Trying or InviteServerState.Proceeding, InviteServerInput.SendSuccess) =>
                (InviteServerState.Accepted,
                    InviteServerActions.StopTimers | InviteServerActions.SendResponse | InviteServerActions.ArmL),
            (InviteServerState.Trying or InviteServerState.Proceeding, InviteServerInput.SendFailure) =>
                (InviteServerState.Completed, InviteServerActions.StopTimers | InviteServerActions.SendResponse
                    | InviteServerActions.ArmG | InviteServerActions.ArmH),
            (InviteServerState.Proceeding, InviteServerInput.Retransmission) => (state, InviteServerActions.ResendLast),
            // RFC 6026 §7.1: a provisional response that cannot be sent does not end the transaction.
            (InviteServerState.Trying or InviteServerState.Proceeding, InviteServerInput.TransportError) =>
                (state, InviteServerActions.NotifyTransportError),

            (InviteServerState.Completed, InviteServerInput.Retransmission) => (state, InviteServerActions.ResendLast),
            (InviteServerState.Completed, InviteServerInput.TimerG) =>
                (state, InviteServerActions.ResendLast | InviteServerActions.ArmG),
            (InviteServerState.Completed, InviteServerInput.TimerH) => (InviteServerState.Terminated,
                InviteServerActions.StopTimers | InviteServerActions.NotifyTimeout | InviteServerActions.Terminate),
            (InviteServerState.Completed, InviteServerInput.Ack) =>
                (InviteServerState.Confirmed, InviteServerActions.StopTimers | InviteServerActions.ArmI),
            (InviteServerState.Completed, InviteServerInput.TransportError) => (state, InviteServerActions.NotifyTransportError),

            (InviteServerState.Confirmed, InviteServerInput.TimerI) =>
                (InviteServerState.Terminated, InviteServerActions.StopTimers | InviteServerActions.Terminate),

            (InviteServerState.Accepted, InviteServerInput.Ack) => (state, InviteServerActions.NotifyAck),
            (InviteServerState.Accepted, InviteServerInput.SendSuccess) => (state, InviteServerActions.SendResponse),
            (InviteServerState.Accepted, InviteServerInput.TimerL) =>
                (InviteServerState.Terminated, InviteServerActions.StopTimers | InviteServerActions.Terminate),
            (InviteServerState.Accepted, InviteServerInput.TransportError) => (state, InviteServerActions.NotifyTransportError),

            _ => (state, InviteServerActions.None),
        };
}
