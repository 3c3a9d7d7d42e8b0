namespace Avatar2D.Sip.Messages;

/// <summary>Why bytes from the network were refused as a SIP message.</summary>
public enum SipRejectReason
{
    /// <summary>Nothing but line ends: a keep-alive, no error (RFC 5626 §4.4.1).</summary>
    KeepAlive,

    /// <summary>The empty line that ends the head is missing.</summary>
    IncompleteHead,

    /// <summary>The head is larger than the limit.</summary>
    HeadTooLarge,

    /// <summary>The start line is longer than the limit.</summary>
    StartLineTooLong,

    /// <summary>A header line is longer than the limit.</summary>
    HeaderTooLong,

    /// <summary>More header lines, or more values of one header, than the limit.</summary>
    TooManyHeaders,

    /// <summary>The body is larger than the limit.</summary>
    BodyTooLarge,

    /// <summary>The start line is neither a request nor a status line.</summary>
    BadStartLine,

    /// <summary>Another version than SIP/2.0.</summary>
    UnsupportedVersion,

    /// <summary>The Request-URI is malformed.</summary>
    BadRequestUri,

    /// <summary>The Request-URI has a scheme that we cannot route.</summary>
    UnsupportedUriScheme,

    /// <summary>A line has no colon, a bad name, or a bare CR or LF.</summary>
    BadHeaderLine,

    /// <summary>A mandatory header is missing.</summary>
    MissingHeader,

    /// <summary>A header that may stand once stands twice.</summary>
    DuplicateHeader,

    /// <summary>The value of a header that every element must understand is malformed.</summary>
    BadHeaderValue,

    /// <summary>The method in CSeq is not the method of the request.</summary>
    MethodMismatch,

    /// <summary>Content-Length is malformed, negative, or larger than the datagram holds; or missing on a stream.</summary>
    BadContentLength,
}
