namespace Avatar2D.Rtp.Sdp;

/// <summary>Why a body is not SDP for us (RFC 8866).</summary>
public enum SdpRejection
{
    /// <summary>It was accepted.</summary>
    None,

    /// <summary>No line at all.</summary>
    Empty,

    /// <summary>More than <see cref="SdpLimits.MaxBodyBytes"/>.</summary>
    TooLarge,

    /// <summary>A line above <see cref="SdpLimits.MaxLineBytes"/>.</summary>
    LineTooLong,

    /// <summary>More than <see cref="SdpLimits.MaxLines"/>.</summary>
    TooManyLines,

    /// <summary>The first line is not v=0.</summary>
    BadVersion,

    /// <summary>A line is not "letter=value", or holds a NUL.</summary>
    BadLine,

    /// <summary>o= is missing or malformed.</summary>
    BadOrigin,

    /// <summary>c= is malformed.</summary>
    BadConnection,

    /// <summary>m= is malformed.</summary>
    BadMedia,

    /// <summary>More than <see cref="SdpLimits.MaxMedia"/>.</summary>
    TooManyMedia,

    /// <summary>More than <see cref="SdpLimits.MaxFormats"/> in one m-line.</summary>
    TooManyFormats,
}
