namespace Avatar2D.Rtp.Sdp;

/// <summary>Caps on what <see cref="SdpSession.TryParse(ReadOnlySpan{byte}, out SdpSession?, out SdpError)"/> accepts; real bodies stay under 10 kB.</summary>
public static class SdpLimits
{
    /// <summary>Largest body in bytes: what one UDP datagram can carry.</summary>
    public const int MaxBodyBytes = 65_535;

    /// <summary>Longest line in bytes; room for sprop-vps/sps/pps in base64.</summary>
    public const int MaxLineBytes = 4_096;

    /// <summary>Most lines in a body.</summary>
    public const int MaxLines = 1_024;

    /// <summary>Most m-lines in a body.</summary>
    public const int MaxMedia = 32;

    /// <summary>Most formats in an m-line; 128 payload types exist.</summary>
    public const int MaxFormats = 128;

    /// <summary>Most parameters read from one fmtp attribute; the rest is ignored.</summary>
    public const int MaxFormatParameters = 64;
}
