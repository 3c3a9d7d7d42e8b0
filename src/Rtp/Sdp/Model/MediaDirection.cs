namespace Avatar2D.Rtp.Sdp;

/// <summary>Direction of a media line from the view of its writer (RFC 3264 §5.1); bit 1 sends, bit 2 receives.</summary>
public enum MediaDirection
{
    /// <summary>Neither.</summary>
    Inactive = 0,

    /// <summary>Only sends.</summary>
    SendOnly = 1,

    /// <summary>Only receives.</summary>
    RecvOnly = 2,

    /// <summary>Both; what an absent attribute means.</summary>
    SendRecv = 3,
}
