namespace Avatar2D.Rtp.Rtcp;

/// <summary>Sizes and codes of RTCP on the wire.</summary>
internal static class RtcpConstants
{
    /// <summary>Common header: 4 bytes.</summary>
    public const int HeaderBytes = 4;

    /// <summary>Sender info: NTP 8 + RTP 4 + packets 4 + octets 4 = 20 bytes.</summary>
    public const int SenderInfoBytes = 20;

    /// <summary>One report block: 24 bytes.</summary>
    public const int ReportBlockBytes = 24;

    /// <summary>Sender SSRC 4 + media SSRC 4 = 8 bytes ahead of feedback control information (RFC 4585 §6.1).</summary>
    public const int FeedbackPrefixBytes = 8;

    /// <summary>One FIR entry: SSRC 4 + sequence number 1 + reserved 3 = 8 bytes (RFC 5104 §4.3.1.1).</summary>
    public const int FirEntryBytes = 8;

    /// <summary>Largest value of the 5-bit count field.</summary>
    public const int MaxCount = 31;

    /// <summary>FMT of the generic NACK in RTPFB (RFC 4585 §6.2.1).</summary>
    public const int NackFormat = 1;

    /// <summary>FMT of TMMBR in RTPFB (RFC 5104 §4.2.1).</summary>
    public const int TmmbrFormat = 3;

    /// <summary>FMT of TMMBN in RTPFB (RFC 5104 §4.2.2).</summary>
    public const int TmmbnFormat = 4;

    /// <summary>FMT of application layer feedback in PSFB (RFC 4585 §6.4), where REMB lives.</summary>
    public const int ApplicationFormat = 15;

    /// <summary>"REMB", then count 1, exponent and mantissa 3 bytes.</summary>
    public const int RembBytes = 8;

    /// <summary>FMT of PLI in PSFB (RFC 4585 §6.3.1).</summary>
    public const int PliFormat = 1;

    /// <summary>FMT of FIR in PSFB (RFC 5104 §4.3.1).</summary>
    public const int FirFormat = 4;

    /// <summary>SDES item type of CNAME (RFC 3550 §6.5.1).</summary>
    public const int CnameItem = 1;
}
