namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>Where a call stands.</summary>
internal enum CallPhase
{
    /// <summary>No INVITE yet.</summary>
    New,

    /// <summary>180 is out; the 200 waits for Calls:AnswerDelayMs.</summary>
    Ringing,

    /// <summary>The 200 is out, its ACK is not here.</summary>
    Answered,

    /// <summary>ACK received: the call is up.</summary>
    Established,

    /// <summary>This side ended the call; SIP's last word is not here yet.</summary>
    Ending,

    /// <summary>Over; every further input is ignored.</summary>
    Ended,
}
