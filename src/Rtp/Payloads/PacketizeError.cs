namespace Avatar2D.Rtp.Payloads;

/// <summary>Why an encoded unit cannot be sent.</summary>
public enum PacketizeError
{
    /// <summary>It can.</summary>
    None,

    /// <summary>It holds nothing to send.</summary>
    Empty,

    /// <summary>A NAL unit is longer than a packet and fragments are not negotiated (H.264 packetization-mode 0): encode with smaller slices.</summary>
    NalTooLong,

    /// <summary>It is not of the form that the payload format wants.</summary>
    Malformed,
}
