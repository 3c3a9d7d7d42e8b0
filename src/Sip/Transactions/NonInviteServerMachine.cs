namespace Avatar2D.Sip.Transactions;

/// <summary>States of a non-INVITE server transaction, RFC 3261 §17.2.2.</summary>
internal enum NonInviteServerState
{
    /// <summary>The request came, nothing sent yet.</summary>
    Trying,

    /// <summary>A provisional response went out.</summary>
    Proceeding,

    /// <summary>The final response went out; repeats get it again.</summary>
    Completed,

    /// <summary>Over.</summary>
    Terminated,
}

/// <summary>What happens to a non-INVITE server transaction.</summary>
internal enum NonInviteServerInput
{
    /// <summary>The request came again.</summary>
    Retransmission,

    /// <summary>The user answers 1xx.</summary>
    SendProvisional,

    /// <summary>The user answers 2xx to 6xx.</summary>
    SendFinal,

    /// <summary>Absorbing of repeats is over.</summary>
    TimerJ,

    /// <summary>A response could not be sent.</summary>
    TransportError,
}

/// <summary>What the runner of a non-INVITE server transaction does, in the order of the bits.</summary>
[Flags]
internal enum NonInviteServerActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Stop timer J.</summary>
    StopTimers = 1 << 0,

    /// <summary>Send the response that the user gave, and keep it for repeats.</summary>
    SendResponse = 1 << 1,

    /// <summary>Send the last response again.</summary>
    ResendLast = 1 << 2,

    /// <summary>Start timer J.</summary>
    ArmJ = 1 << 3,

    /// <summary>Tell the user: a response could not be sent.</summary>
    NotifyTransportError = 1 << 4,

    /// <summary>Forget the transaction.</summary>
    Terminate = 1 << 5,
}

/// <summary>Non-INVITE server transaction, RFC 3261 §17.2.2 (figure 8). Pure.</summary>
internal static class NonInviteServerMachine
{
    /// <summary>The state after <paramref name="input"/> and what to do; an input without meaning changes nothing.</summary>
    public static (NonInviteServerState State, NonInviteServerActions Actions) Next(
        NonInviteServerState state, NonInviteServerInput input) =>
        (state, input) switch
        {
            (NonInviteServerState.Trying or NonInviteServerState.Proceeding, NonInviteServerInput.SendProvisional) =>
                (NonInviteServerState.Proceeding, NonInviteServerActions.SendResponse),
            (NonInviteServerState.Trying or NonInviteServerState.Proceeding, NonInviteServerInput.SendFinal) =>
                (NonInviteServerState.Completed, NonInviteServerActions.SendResponse | NonInviteServerActions.ArmJ),
            (NonInviteServerState.Proceeding or NonInviteServerState.Completed, NonInviteServerInput.Retransmission) =>
                (state, NonInviteServerActions.ResendLast),
            (NonInviteServerState.Completed, NonInviteServerInput.TimerJ) =>
                (NonInviteServerState.Terminated, NonInviteServerActions.StopTimers | NonInviteServerActions.Terminate),
            // Also before the final response: the user may still answer, and its answer must find the transaction gone.
            (NonInviteServerState.Trying or NonInviteServerState.Proceeding or NonInviteServerState.Completed,
                NonInviteServerInput.TransportError) =>
                (NonInviteServerState.Terminated, NonInviteServerActions.StopTimers
                    | NonInviteServerActions.NotifyTransportError | NonInviteServerActions.Terminate),

            _ => (state, NonInviteServerActions.None),
        };
}
