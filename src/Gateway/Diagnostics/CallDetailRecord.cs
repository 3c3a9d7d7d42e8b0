using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>
/// What one call was: who, when, why it ended, what flowed. One JSON object per line in the CDR file; every field is always
/// present, null means that it never came to be (a call that failed has no answer time). Times are UTC, ISO 8601.
/// </summary>
public sealed record CallDetailRecord
{
    /// <summary>SIP Call-ID of the leg.</summary>
    public required string CallId { get; init; }

    /// <summary>Who called whom.</summary>
    public required CdrDirection Direction { get; init; }

    /// <summary>URI of the From header, without parameters.</summary>
    public required string From { get; init; }

    /// <summary>URI of the To header, without parameters.</summary>
    public required string To { get; init; }

    /// <summary>URI of P-Asserted-Identity from a trusted peer (RFC 3325).</summary>
    public string? AssertedIdentity { get; init; }

    /// <summary>Name of the avatar that was shown or would have been.</summary>
    public string? Avatar { get; init; }

    /// <summary>When the INVITE came or went.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When the 200 to the INVITE went or came.</summary>
    public DateTimeOffset? AnswerTime { get; init; }

    /// <summary>When the call ended: BYE, final failure, or time-out.</summary>
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>Answer to end, milliseconds; 0 for a call that was never answered.</summary>
    public long DurationMs => AnswerTime is { } answered ? Math.Max(0, (long)(EndTime - answered).TotalMilliseconds) : 0;

    /// <summary>Why it ended.</summary>
    [JsonConverter(typeof(CdrEndReasonConverter))]
    public required CallEndReason EndReason { get; init; }

    /// <summary>Final SIP status of the INVITE: 200 for an answered call, else the failure.</summary>
    public required int SipStatus { get; init; }

    /// <summary>Audio codec in use at the end: PCMU, PCMA, opus.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>Video codec in use, last one if it came and went: H264, H265. Null: the call stayed an audio call.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Pixels.</summary>
    public int? VideoWidth { get; init; }

    /// <summary>Pixels.</summary>
    public int? VideoHeight { get; init; }

    /// <summary>Frames per second that were negotiated.</summary>
    public int? VideoFramesPerSecond { get; init; }

    /// <summary>ACK of the re-INVITE (or of the INVITE, if it had video) to the first packet of the first key frame, milliseconds.</summary>
    public double? FirstPictureDelayMs { get; init; }

    /// <summary>Video frames sent.</summary>
    public long FramesSent { get; init; }

    /// <summary>Of those, frames sent more than one frame time after they were due.</summary>
    public long FramesLate { get; init; }

    /// <summary>Frames that were due but never sent.</summary>
    public long FramesDropped { get; init; }

    /// <summary>PLI, FIR and picture_fast_update received.</summary>
    public long KeyFrameRequests { get; init; }

    /// <summary>Audio RTP packets received.</summary>
    public long AudioPacketsReceived { get; init; }

    /// <summary>Audio RTP packets sent.</summary>
    public long AudioPacketsSent { get; init; }

    /// <summary>Audio packets that were expected and never came (RFC 3550 §6.4.1); negative when duplicates outnumber losses.</summary>
    public long AudioPacketsLost { get; init; }

    /// <summary>Interarrival jitter of received audio at the end (RFC 3550 §6.4.1), milliseconds.</summary>
    public double AudioJitterMs { get; init; }

    /// <summary>Video RTP packets sent.</summary>
    public long VideoPacketsSent { get; init; }

    /// <summary>Audio loss that the far end reported last in RTCP, percent.</summary>
    public double? RemoteAudioLossPercent { get; init; }

    /// <summary>Video loss that the far end reported last in RTCP, percent.</summary>
    public double? RemoteVideoLossPercent { get; init; }

    /// <summary>Where the far end's SIP came from: ADDRESS:PORT.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>User-Agent or Server header of the far end.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Keys that the far end pressed: telephone events (RFC 4733) or INFO. Which ones is nobody's business.</summary>
    public long KeysPressed { get; init; }

    /// <summary>Why there was no picture; null when there was one, or the call ended before it was time.</summary>
    public CdrNoPicture? NoPictureReason { get; init; }

    /// <summary>What the caller wants to be kept from the far end: values of Privacy (RFC 3323, RFC 3325).</summary>
    public string? Privacy { get; init; }

    /// <summary>Whom the call was for before, the oldest first: entries of History-Info (RFC 7044) or Diversion from a trusted peer.</summary>
    public IReadOnlyList<string>? History { get; init; }

    /// <summary>Reason of the far end's BYE or CANCEL (RFC 3326), as Q.850;cause=16.</summary>
    public string? FarEndReason { get; init; }

    /// <summary>The header fields of <c>Cdr:Headers</c> in the INVITE of a trusted peer, by their names.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}
