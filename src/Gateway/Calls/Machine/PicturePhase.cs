namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>Where the picture of a call stands.</summary>
internal enum PicturePhase
{
    /// <summary>This call gets no picture: none is configured, or the caller has no avatar.</summary>
    Off,

    /// <summary>Not asked for yet; a timer runs or is to be started.</summary>
    Wanted,

    /// <summary>Our re-INVITE with m=video is out, or waits for its turn after a collision.</summary>
    Asked,

    /// <summary>The far end takes the picture (it may be on hold).</summary>
    Up,

    /// <summary>The far end refused it; after a while it may be asked again.</summary>
    Refused,

    /// <summary>The far end had the picture and took it away: it is not asked again, but may offer it again.</summary>
    Dropped,
}
