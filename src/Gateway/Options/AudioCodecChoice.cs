namespace Avatar2D.Gateway.Options;

/// <summary>An audio codec by its name in settings and on the command line.</summary>
public enum AudioCodecChoice
{
    /// <summary>G.711 mu-law, payload type 0 (RFC 3551 §4.5.14).</summary>
    Pcmu,

    /// <summary>G.711 A-law, payload type 8 (RFC 3551 §4.5.14).</summary>
    Pcma,

    /// <summary>G.722 at 64 kbit/s, 16 kHz, payload type 9 (RFC 3551 §4.5.2).</summary>
    G722,

    /// <summary>AMR narrowband (RFC 4867).</summary>
    Amr,

    /// <summary>AMR wideband (RFC 4867).</summary>
    AmrWb,

    /// <summary>Opus (RFC 6716, RFC 7587).</summary>
    Opus,
}
