namespace Avatar2D.Sip.Transactions;

/// <summary>States of an INVITE client transaction, RFC 3261 §17.1.1 and RFC 6026 §8.4.</summary>
internal enum InviteClientState
{
    /// <summary>Made, not yet sent.</summary>
    Idle,

    /// <summary>Sent, nothing heard.</summary>
    Calling,

    /// <summary>A provisional response came.</summary>
    Proceeding,

    /// <summary>A failure came and was acknowledged; repeats are absorbed.</summary>
    Completed,

    /// <summary>A 2xx came; further 2xx (repeats, forks) go to the user.</summary>
    Accepted,

    /// <summary>Over.</summary>
    Terminated,
}

/// <summary>What happens to an INVITE client transaction.</summary>
internal enum InviteClientInput
{
    /// <summary>The user starts it.</summary>
    Start,

    /// <summary>1xx came.</summary>
    Provisional,

    /// <summary>2xx came.</summary>
    Success,

    /// <summary>3xx to 6xx came.</summary>
    Failure,

    /// <summary>Retransmission is due (unreliable transports only).</summary>
    TimerA,

    /// <summary>64*T1 without any response.</summary>
    TimerB,

    /// <summary>Absorbing of repeated failures is over.</summary>
    TimerD,

    /// <summary>Absorbing of 2xx is over.</summary>
    TimerM,

    /// <summary>64*T1 after CANCEL, or after the user lost interest, without a final response (§9.1).</summary>
    TimerAbandon,

    /// <summary>The user has sent CANCEL or lost interest: do not wait without end.</summary>
    Abandon,

    /// <summary>The message could not be sent.</summary>
    TransportError,
}

/// <summary>What the runner of an INVITE client transaction does, in the order of the bits.</summary>
[Flags]
internal enum InviteClientActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Stop timers A and B.</summary>
    StopTimers = 1 << 0,

    /// <summary>Send the INVITE.</summary>
    SendRequest = 1 << 1,

    /// <summary>Send the ACK of the failure (§17.1.1.3).</summary>
    SendAck = 1 << 2,

    /// <summary>Start or double timer A.</summary>
    ArmA = 1 << 3,

    /// <summary>Start timer B.</summary>
    ArmB = 1 << 4,

    /// <summary>Start timer D.</summary>
    ArmD = 1 << 5,

    /// <summary>Start timer M.</summary>
    ArmM = 1 << 6,

    /// <summary>Start the 64*T1 guard of an abandoned transaction.</summary>
    ArmAbandon = 1 << 7,

    /// <summary>Hand the response to the user.</summary>
    NotifyResponse = 1 << 8,

    /// <summary>Tell the user: timed out (treated as 408).</summary>
    NotifyTimeout = 1 << 9,

    /// <summary>Tell the user: could not be sent (treated as 503).</summary>
    NotifyTransportError = 1 << 10,

    /// <summary>Forget the transaction.</summary>
    Terminate = 1 << 11,
}

/// <summary>INVITE client transaction, RFC 3261 §17.1.1 (figure 5) with the Accepted state of RFC 6026 §8.4. Pure.</summary>
internal static class InviteClientMachine
{
    /// <summary>The state after <paramref name="input"/> and what to do; an input without meaning changes nothing.</summary>
    public static (InviteClientState State, InviteClientActions Actions) Next(InviteClientState state, InviteClientInput input) =>
        (state, input) switch
        {
            (InviteClientState.Idle, InviteClientInput.Start) => (InviteClientState.Calling,
                InviteClientActions.SendRequest | InviteClientActions.ArmA | InviteClientActions.ArmB),

            (InviteClientState.Calling, InviteClientInput.TimerA) =>
                (state, InviteClientActions.SendRequest | InviteClientActions.ArmA),
            (InviteClientState.Calling, InviteClientInput.TimerB) => (InviteClientState.Terminated,
                InviteClientActions.StopTimers | InviteClientActions.NotifyTimeout | InviteClientActions.Terminate),
            (InviteClientState.Calling, InviteClientInput.Provisional) => (InviteClientState.Proceeding,
                InviteClientActions.StopTimers | InviteClientActions.NotifyResponse),
            (InviteClientState.Proceeding, InviteClientInput.Provisional) => (state, InviteClientActions.NotifyResponse),

            (InviteClientState.Calling or InviteClientState.Proceeding, InviteClientInput.Success) =>
                (InviteClientState.Accepted,
                    InviteClientActions.StopTimers | InviteClientActions.ArmM | InviteClientActions.NotifyResponse),
            (InviteClientState.Calling or InviteClientState.Proceeding, InviteClientInput.Failure) =>
                (InviteClientState.Completed, InviteClientActions.StopTimers | InviteClientActions.SendAck
                    | InviteClientActions.ArmD | InviteClientActions.NotifyResponse),
            // Timer B still guards an abandoned transaction in Calling; only Proceeding has no timer of its own.
            (InviteClientState.Proceeding or InviteClientState.Calling, InviteClientInput.Abandon) =>
                (state, InviteClientActions.ArmAbandon),
            (InviteClientState.Calling or InviteClientState.Proceeding, InviteClientInput.TimerAbandon) =>
                (InviteClientState.Terminated, InviteClientActions.StopTimers | InviteClientActions.NotifyTimeout
                    | InviteClientActions.Terminate),
            (InviteClientState.Idle, InviteClientInput.Abandon) =>
                (InviteClientState.Terminated, InviteClientActions.Terminate),

            (InviteClientState.Calling or InviteClientState.Proceeding, InviteClientInput.TransportError) =>
                (InviteClientState.Terminated, InviteClientActions.StopTimers | InviteClientActions.NotifyTransportError
                    | InviteClientActions.Terminate),

            (InviteClientState.Completed, InviteClientInput.Failure) => (state, InviteClientActions.SendAck),
            (InviteClientState.Completed, InviteClientInput.TimerD) =>
                (InviteClientState.Terminated, InviteClientActions.StopTimers | InviteClientActions.Terminate),
            // The user already has its failure; an ACK that cannot be sent only ends the absorbing early.
            (InviteClientState.Completed, InviteClientInput.TransportError) =>
                (InviteClientState.Terminated, InviteClientActions.StopTimers | InviteClientActions.Terminate),

            (InviteClientState.Accepted, InviteClientInput.Success) => (state, InviteClientActions.NotifyResponse),
            (InviteClientState.Accepted, InviteClientInput.TimerM) =>
                (InviteClientState.Terminated, InviteClientActions.StopTimers | InviteClientActions.Terminate),

            _ => (state, InviteClientActions.None),
        };
}
