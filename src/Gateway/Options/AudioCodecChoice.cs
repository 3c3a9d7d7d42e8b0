namespace Avatar2D.Gateway.Options;

/// <summary>An audio codec by its name in settings and on the command line.</summary>
public enum AudioCodecChoice
{
    /// <summary>G.711 mu-law, payload type 0 (RFC 3551 §4.5.14).</summary>
    Pcmu,

    /// <summary>G.711 A-law, payload type 8 (RFC 3551 §4.5.14).</summary>
    Pcma,

    /// <summary>Opus (RFC 6716, RFC 7587).</summary>
    Opus,
}
