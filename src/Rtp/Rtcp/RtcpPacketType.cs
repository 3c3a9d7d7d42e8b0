namespace Avatar2D.Rtp.Rtcp;

/// <summary>RTCP packet types (RFC 3550 §12.1, RFC 4585 §6.1, RFC 3611).</summary>
public enum RtcpPacketType
{
    /// <summary>Not a type.</summary>
    None = 0,

    /// <summary>SR, sender report.</summary>
    SenderReport = 200,

    /// <summary>RR, receiver report.</summary>
    ReceiverReport = 201,

    /// <summary>SDES, source description.</summary>
    SourceDescription = 202,

    /// <summary>BYE.</summary>
    Bye = 203,

    /// <summary>APP.</summary>
    Application = 204,

    /// <summary>RTPFB, transport layer feedback: generic NACK and others.</summary>
    TransportFeedback = 205,

    /// <summary>PSFB, payload-specific feedback: PLI, FIR and others.</summary>
    PayloadFeedback = 206,

    /// <summary>XR, extended report.</summary>
    ExtendedReport = 207,
}
