namespace Avatar2D.Gateway.Options;

/// <summary>How calls are encrypted (RFC 3711) with keys in SDP (RFC 4568).</summary>
public enum SrtpMode
{
    /// <summary>Never: RTP/SAVP is refused with 488.</summary>
    Off,

    /// <summary>Where the far end offers it; our own offers follow the call, and are plain in a call that we begin.</summary>
    Optional,

    /// <summary>Always: what is offered without keys is refused with 488.</summary>
    Required,
}
