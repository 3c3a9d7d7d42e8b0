namespace Avatar2D.Rtp.Receiving;

/// <summary>What a <see cref="JitterBuffer"/> gives out.</summary>
public enum JitterFrameKind
{
    /// <summary>Nothing is due: before the first packet, in a pause of the talker (DTX), or the stream has stopped. Play silence or comfort noise.</summary>
    Empty,

    /// <summary>A packet: decode it.</summary>
    Packet,

    /// <summary>A packet is missing, or time is stretched by one step: conceal.</summary>
    Lost,

    /// <summary>A packet is missing and the one right after it is here: its payload may hold a copy (Opus in-band FEC). Conceal if it does not.</summary>
    LostFecInNext,
}
