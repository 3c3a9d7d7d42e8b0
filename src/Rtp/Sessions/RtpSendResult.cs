namespace Avatar2D.Rtp.Sessions;

/// <summary>What became of a packet that was to be sent.</summary>
public enum RtpSendResult
{
    /// <summary>Handed to the kernel.</summary>
    Sent,

    /// <summary>The direction forbids sending; sequence numbers do not move.</summary>
    Gated,

    /// <summary>No remote address is known.</summary>
    NoRemote,

    /// <summary>The kernel did not take it (buffer full, no route): a loss like one on the network.</summary>
    Dropped,

    /// <summary>Longer than <see cref="RtpSessionOptions.MaxPayloadBytes"/>.</summary>
    TooLong,

    /// <summary>The session is closed.</summary>
    Closed,
}
