namespace Avatar2D.Gateway.Diagnostics;

/// <summary>
/// Why a call ended. SIP status, Reason header, metric tag and text of each stand in <see cref="CallEndReasons"/>.
/// </summary>
public enum CallEndReason
{
    /// <summary>The far end sent BYE.</summary>
    RemoteHangup,

    /// <summary>This side sent BYE because it was done (test phone, API).</summary>
    LocalHangup,

    /// <summary>The caller sent CANCEL before the answer, or we cancelled our own call.</summary>
    Cancelled,

    /// <summary>The far end refused our call.</summary>
    Rejected,

    /// <summary>The far end was busy.</summary>
    Busy,

    /// <summary>Nobody answered our INVITE in time.</summary>
    NoAnswer,

    /// <summary>No such number, subscriber or avatar.</summary>
    NotFound,

    /// <summary>The offer has no codec that we know.</summary>
    NoCommonCodec,

    /// <summary>The body of the INVITE is no SDP that we can read.</summary>
    BadOffer,

    /// <summary>A message broke the protocol in a way that cannot be repaired.</summary>
    ProtocolError,

    /// <summary>The 200 was never acknowledged (RFC 3261 §13.3.1.4).</summary>
    NoAck,

    /// <summary>The call was not established within Calls:SetupTimeoutSeconds.</summary>
    SetupTimeout,

    /// <summary>The audio received nothing for Rtp:TimeoutSeconds.</summary>
    MediaTimeout,

    /// <summary>A request inside the call got 481 or 408: the far end forgot the call (RFC 3261 §12.2.1.2).</summary>
    DialogLost,

    /// <summary>The session timer ran out (RFC 4028).</summary>
    SessionExpired,

    /// <summary>Calls:MaxDurationSeconds was reached.</summary>
    MaxDuration,

    /// <summary>Calls:MaxCalls was reached.</summary>
    TooManyCalls,

    /// <summary>No media port was free.</summary>
    NoMediaPorts,

    /// <summary>A new call came while the gateway drains.</summary>
    Draining,

    /// <summary>The gateway stopped and the drain bound was reached.</summary>
    Shutdown,

    /// <summary>SIP could not be sent: the connection is gone or the address unreachable.</summary>
    TransportFailure,

    /// <summary>Media could not be set up: socket, decoder or encoder.</summary>
    MediaFailure,

    /// <summary>A bug.</summary>
    InternalError,
}
