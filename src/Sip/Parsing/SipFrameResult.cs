namespace Avatar2D.Sip.Parsing;

/// <summary>Outcome of <see cref="SipStreamFramer.TryReadMessage"/>.</summary>
public enum SipFrameResult
{
    /// <summary>A whole message was taken.</summary>
    Ok,

    /// <summary>More bytes are needed.</summary>
    NeedMore,

    /// <summary>A message was refused; when <see cref="SipFrame.CanContinue"/> is false the connection cannot be used any more.</summary>
    Rejected,

    /// <summary>A double CRLF: answer a single CRLF (pong). RFC 5626 §4.4.1.</summary>
    Ping,

    /// <summary>A single CRLF outside a message: the answer to our ping.</summary>
    Pong,
}
