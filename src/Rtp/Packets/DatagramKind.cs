namespace Avatar2D.Rtp.Packets;

/// <summary>What a datagram on a media port is, by its first bytes (RFC 7983 §7, RFC 5761 §4).</summary>
public enum DatagramKind
{
    /// <summary>None of the kinds below; also an empty datagram.</summary>
    Unknown,

    /// <summary>RTP: first byte 128 to 191, not RTCP.</summary>
    Rtp,

    /// <summary>RTCP: first byte 128 to 191, second byte 192 to 223.</summary>
    Rtcp,

    /// <summary>STUN: first byte 0 to 3. Linphone sends it to RTP and RTCP ports.</summary>
    Stun,

    /// <summary>DTLS: first byte 20 to 63.</summary>
    Dtls,

    /// <summary>TURN channel data: first byte 64 to 79.</summary>
    TurnChannel,
}
