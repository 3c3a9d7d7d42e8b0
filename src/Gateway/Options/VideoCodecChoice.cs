namespace Avatar2D.Gateway.Options;

/// <summary>A video codec by its name in settings and on the command line.</summary>
public enum VideoCodecChoice
{
    /// <summary>H.264, Constrained Baseline (RFC 6184).</summary>
    H264,

    /// <summary>H.265, Main (RFC 7798).</summary>
    H265,
}
