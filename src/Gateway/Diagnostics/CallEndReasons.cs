namespace Avatar2D.Gateway.Diagnostics;

/// <summary>The one table of call ends: SIP status, Q.850 cause, metric tag and text of each reason.</summary>
public static class CallEndReasons
{
    private static readonly CallEndReasonInfo[] Table =
    [
        new(CallEndReason.RemoteHangup, 487, 16, "remote_hangup", "the far end hung up", false),
        new(CallEndReason.LocalHangup, 487, 16, "local_hangup", "this side hung up", false),
        new(CallEndReason.Cancelled, 487, 16, "cancelled", "cancelled before the answer", false),
        new(CallEndReason.Rejected, 603, 21, "rejected", "the far end refused the call", false),
        new(CallEndReason.Busy, 486, 17, "busy", "the far end was busy", false),
        new(CallEndReason.NoAnswer, 408, 18, "no_answer", "nobody answered", false),
        new(CallEndReason.NotFound, 404, 1, "not_found", "no such number", false),
        new(CallEndReason.NoCommonCodec, 488, 88, "no_common_codec", "no codec in common", true),
        new(CallEndReason.BadOffer, 400, 111, "bad_offer", "the SDP cannot be read", true),
        new(CallEndReason.ProtocolError, 400, 111, "protocol_error", "a message broke the protocol", true),
        new(CallEndReason.NoAck, 408, 102, "no_ack", "the answer was never acknowledged", true),
        new(CallEndReason.SetupTimeout, 408, 102, "setup_timeout", "the call was not set up in time", true),
        new(CallEndReason.MediaTimeout, 408, 102, "media_timeout", "no audio arrived any more", true),
        new(CallEndReason.DialogLost, 481, 41, "dialog_lost", "the far end no longer knew the call", true),
        new(CallEndReason.SessionExpired, 408, 102, "session_expired", "the session timer ran out", true),
        new(CallEndReason.MaxDuration, 480, 31, "max_duration", "the longest duration was reached", false),
        new(CallEndReason.TooManyCalls, 503, 42, "too_many_calls", "too many calls at one time", true),
        new(CallEndReason.NoMediaPorts, 503, 47, "no_media_ports", "no media port was free", true),
        new(CallEndReason.Draining, 503, 42, "draining", "the gateway takes no new calls", false),
        new(CallEndReason.Shutdown, 503, 31, "shutdown", "the gateway stopped", false),
        new(CallEndReason.TransportFailure, 503, 38, "transport_failure", "the far end cannot be reached", true),
        new(CallEndReason.MediaFailure, 500, 47, "media_failure", "media could not be set up", true),
        new(CallEndReason.InternalError, 500, 41, "internal_error", "an error in the gateway", true),
    ];

    /// <summary>The rows in the order of the enum.</summary>
    public static IReadOnlyList<CallEndReasonInfo> All => Table;

    /// <summary>The row of a reason.</summary>
    public static CallEndReasonInfo Info(this CallEndReason reason) => Table[(int)reason];

    /// <summary>The reason of a final response that our INVITE got; 2xx are no end and give <see cref="CallEndReason.InternalError"/>.</summary>
    /// <param name="status">300 to 699.</param>
    public static CallEndReason FromStatus(int status) => status switch
    {
        486 or 600 => CallEndReason.Busy,
        408 or 480 or 504 => CallEndReason.NoAnswer,
        404 or 410 or 484 or 604 => CallEndReason.NotFound,
        487 => CallEndReason.Cancelled,
        415 or 488 or 606 => CallEndReason.NoCommonCodec,
        481 => CallEndReason.DialogLost,
        503 => CallEndReason.TransportFailure,
        >= 300 => CallEndReason.Rejected,
        _ => CallEndReason.InternalError,
    };
}
