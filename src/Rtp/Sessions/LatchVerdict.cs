namespace Avatar2D.Rtp.Sessions;

/// <summary>What a <see cref="SourceLatch"/> makes of a packet's source.</summary>
internal enum LatchVerdict
{
    /// <summary>Take the packet.</summary>
    Accept,

    /// <summary>Take the packet, and send to its source from now on.</summary>
    Latched,

    /// <summary>Drop the packet.</summary>
    Foreign,
}
