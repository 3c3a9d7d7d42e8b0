namespace Avatar2D.Rtp.Diagnostics;

/// <summary>What a session carries; a tag of its metrics.</summary>
public enum RtpStreamKind
{
    /// <summary>Voice.</summary>
    Audio,

    /// <summary>Picture.</summary>
    Video,
}
