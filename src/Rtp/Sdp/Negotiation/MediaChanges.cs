namespace Avatar2D.Rtp.Sdp;

/// <summary>What differs on a media line between two exchanges; <see cref="None"/> is a refresh, which must leave media alone.</summary>
[Flags]
public enum MediaChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The line was dead or absent and now lives.</summary>
    Added = 1,

    /// <summary>The line lived and is now dead.</summary>
    Removed = 2,

    /// <summary>Direction or hold.</summary>
    Direction = 4,

    /// <summary>The peer's address or ports, rtcp-mux, or our own socket.</summary>
    Endpoint = 8,

    /// <summary>Codec, payload types, packetization mode, events.</summary>
    Codec = 16,

    /// <summary>Level, bandwidth, frame rate, picture sizes, packet time or feedback.</summary>
    Limits = 32,

    /// <summary>SRTP keys or their absence.</summary>
    Security = 64,
}
