namespace Avatar2D.Sip.Transactions;

/// <summary>States of a non-INVITE client transaction, RFC 3261 §17.1.2.</summary>
internal enum NonInviteClientState
{
    /// <summary>Made, not yet sent.</summary>
    Idle,

    /// <summary>Sent, nothing heard.</summary>
    Trying,

    /// <summary>A provisional response came.</summary>
    Proceeding,

    /// <summary>A final response came; repeats are absorbed.</summary>
    Completed,

    /// <summary>Over.</summary>
    Terminated,
}

/// <summary>What happens to a non-INVITE client transaction.</summary>
internal enum NonInviteClientInput
{
    /// <summary>The user starts it.</summary>
    Start,

    /// <summary>1xx came.</summary>
    Provisional,

    /// <summary>2xx to 6xx came.</summary>
    Final,

    /// <summary>Retransmission is due (unreliable transports only).</summary>
    TimerE,

    /// <summary>64*T1 without a final response.</summary>
    TimerF,

    /// <summary>Absorbing of repeats is over.</summary>
    TimerK,

    /// <summary>The message could not be sent.</summary>
    TransportError,
}

/// <summary>What the runner of a non-INVITE client transaction does, in the order of the bits.</summary>
[Flags]
internal enum NonInviteClientActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Stop timers E and F.</summary>
    StopTimers = 1 << 0,

    /// <summary>Send the request.</summary>
    SendRequest = 1 << 1,

    /// <summary>Start or double timer E, at most T2.</summary>
    ArmE = 1 << 2,

    /// <summary>Start timer E with T2 (§17.1.2.2, Proceeding).</summary>
    ArmEAtT2 = 1 << 3,

    /// <summary>Start timer F.</summary>
    ArmF = 1 << 4,

    /// <summary>Start timer K.</summary>
    ArmK = 1 << 5,

    /// <summary>Hand the response to the user.</summary>
    NotifyResponse = 1 << 6,

    /// <summary>Tell the user: timed out (treated as 408).</summary>
    NotifyTimeout = 1 << 7,

    /// <summary>Tell the user: could not be sent (treated as 503).</summary>
    NotifyTransportError = 1 << 8,

    /// <summary>Forget the transaction.</summary>
    Terminate = 1 << 9,
}

/// <summary>Non-INVITE client transaction, RFC 3261 §17.1.2 (figure 6). Pure.</summary>
internal static class NonInviteClientMachine
{
    /// <summary>The state after <paramref name="input"/> and what to do; an input without meaning changes nothing.</summary>
    public static (NonInviteClientState State, NonInviteClientActions Actions) Next(
        NonInviteClientState state, NonInviteClientInput input) =>
        (state, input) switch
        {
            (NonInviteClientState.Idle, NonInviteClientInput.Start) => (NonInviteClientState.Trying,
                NonInviteClientActions.SendRequest | NonInviteClientActions.ArmE | NonInviteClientActions.ArmF),

            (NonInviteClientState.Trying, NonInviteClientInput.TimerE) =>
                (state, NonInviteClientActions.SendRequest | NonInviteClientActions.ArmE),
            (NonInviteClientState.Proceeding, NonInviteClientInput.TimerE) =>
                (state, NonInviteClientActions.SendRequest | NonInviteClientActions.ArmEAtT2),
            (NonInviteClientState.Trying or NonInviteClientState.Proceeding, NonInviteClientInput.TimerF) =>
                (NonInviteClientState.Terminated, NonInviteClientActions.StopTimers | NonInviteClientActions.NotifyTimeout
                    | NonInviteClientActions.Terminate),
            (NonInviteClientState.Trying, NonInviteClientInput.Provisional) => (NonInviteClientState.Proceeding,
                NonInviteClientActions.ArmEAtT2 | NonInviteClientActions.NotifyResponse),
            (NonInviteClientState.Proceeding, NonInviteClientInput.Provisional) =>
                (state, NonInviteClientActions.NotifyResponse),
            (NonInviteClientState.Trying or NonInviteClientState.Proceeding, NonInviteClientInput.Final) =>
                (NonInviteClientState.Completed, NonInviteClientActions.StopTimers | NonInviteClientActions.ArmK
                    | NonInviteClientActions.NotifyResponse),
            (NonInviteClientState.Trying or NonInviteClientState.Proceeding, NonInviteClientInput.TransportError) =>
                (NonInviteClientState.Terminated, NonInviteClientActions.StopTimers
                    | NonInviteClientActions.NotifyTransportError | NonInviteClientActions.Terminate),

            (NonInviteClientState.Completed, NonInviteClientInput.TimerK) =>
                (NonInviteClientState.Terminated, NonInviteClientActions.StopTimers | NonInviteClientActions.Terminate),

            _ => (state, NonInviteClientActions.None),
        };
}
