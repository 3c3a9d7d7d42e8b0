namespace Avatar2D.Rtp.Packets;

/// <summary>Why bytes are not an RTP packet (RFC 3550 §5.1, A.1).</summary>
public enum RtpParseError
{
    /// <summary>The packet is well formed.</summary>
    None,

    /// <summary>Fewer than the 12 bytes of the fixed header.</summary>
    TooShort,

    /// <summary>The version field is not 2.</summary>
    BadVersion,

    /// <summary>The CSRC list runs past the end of the datagram.</summary>
    CsrcOverrun,

    /// <summary>The header extension runs past the end of the datagram.</summary>
    ExtensionOverrun,

    /// <summary>The padding count is zero or larger than what follows the header.</summary>
    BadPadding,
}
