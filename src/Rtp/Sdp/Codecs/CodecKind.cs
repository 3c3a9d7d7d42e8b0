namespace Avatar2D.Rtp.Sdp;

/// <summary>Payload formats that the product knows by name.</summary>
public enum CodecKind
{
    /// <summary>Any other.</summary>
    Unknown,

    /// <summary>G.711 µ-law.</summary>
    Pcmu,

    /// <summary>G.711 A-law.</summary>
    Pcma,

    /// <summary>G.722; its RTP clock says 8000 though it samples at 16000 (RFC 3551 §4.5.2).</summary>
    G722,

    /// <summary>AMR narrowband (RFC 4867).</summary>
    Amr,

    /// <summary>AMR wideband (RFC 4867).</summary>
    AmrWb,

    /// <summary>Opus (RFC 7587).</summary>
    Opus,

    /// <summary>DTMF events (RFC 4733).</summary>
    TelephoneEvent,

    /// <summary>Comfort noise (RFC 3389).</summary>
    ComfortNoise,

    /// <summary>Packets sent again (RFC 4588).</summary>
    Rtx,

    /// <summary>H.264 (RFC 6184).</summary>
    H264,

    /// <summary>H.265 (RFC 7798).</summary>
    H265,
}
