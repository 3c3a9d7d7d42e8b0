namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>Timers of a call; at most one of each runs.</summary>
internal enum CallTimer
{
    /// <summary>180 to 200.</summary>
    Answer,

    /// <summary>INVITE to ACK.</summary>
    Setup,

    /// <summary>Until the picture is asked for, or asked for again.</summary>
    Picture,

    /// <summary>The longest duration of a call.</summary>
    MaxDuration,
}
