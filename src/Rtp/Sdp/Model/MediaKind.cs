namespace Avatar2D.Rtp.Sdp;

/// <summary>The media word of an m-line (RFC 8866 §5.14).</summary>
public enum MediaKind
{
    /// <summary>A word we do not know, or one we never carry (text, application, image, message).</summary>
    Other,

    /// <summary>audio.</summary>
    Audio,

    /// <summary>video.</summary>
    Video,
}
