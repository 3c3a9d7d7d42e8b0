namespace Avatar2D.Rtp.Rtcp;

/// <summary>Why bytes are not an RTCP compound packet (RFC 3550 A.2).</summary>
public enum RtcpParseError
{
    /// <summary>The packet is well formed.</summary>
    None,

    /// <summary>Fewer than 4 bytes, or a length that runs past the end.</summary>
    Truncated,

    /// <summary>The version field is not 2.</summary>
    BadVersion,

    /// <summary>Padding anywhere but in the last packet, or a padding count that does not fit.</summary>
    BadPadding,

    /// <summary>The count of report blocks, sources or chunks does not fit the length.</summary>
    BadCount,
}
