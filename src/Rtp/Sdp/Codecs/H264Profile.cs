namespace Avatar2D.Rtp.Sdp;

/// <summary>Profiles of RFC 6184 table 5, as far as phones use them.</summary>
public enum H264Profile
{
    /// <summary>One we do not know.</summary>
    Unknown,

    /// <summary>Constrained Baseline: what every phone decodes and what we send.</summary>
    ConstrainedBaseline,

    /// <summary>Baseline.</summary>
    Baseline,

    /// <summary>Main.</summary>
    Main,

    /// <summary>Extended.</summary>
    Extended,

    /// <summary>Constrained High.</summary>
    ConstrainedHigh,

    /// <summary>High.</summary>
    High,
}
