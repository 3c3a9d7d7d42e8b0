namespace Avatar2D.Rtp.Sessions;

/// <summary>Counters of the receiving side; the session's lock guards them. Names as in <see cref="RtpStatistics"/>.</summary>
internal sealed class RtpCounters
{
    /// <summary>Payload type not negotiated.</summary>
    public long UnknownPayloadType;

    /// <summary>Not RTP or RTCP by form.</summary>
    public long Malformed;

    /// <summary>STUN.</summary>
    public long Stun;

    /// <summary>DTLS.</summary>
    public long Dtls;

    /// <summary>Wrong address.</summary>
    public long ForeignSource;

    /// <summary>Not genuine by SRTP.</summary>
    public long NotAuthentic;

    /// <summary>Direction forbids it.</summary>
    public long Gated;

    /// <summary>Compound RTCP received.</summary>
    public long RtcpReceived;

    /// <summary>Key frames asked of us.</summary>
    public long KeyFrameRequestsReceived;
}
