using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>What the media of a call has done so far.</summary>
internal sealed record CallFigures
{
    /// <summary>Audio counters.</summary>
    public required RtpStatistics Audio { get; init; }

    /// <summary>Video counters; null for a call without video ports.</summary>
    public RtpStatistics? Video { get; init; }

    /// <summary>PLI, FIR and picture_fast_update received.</summary>
    public long KeyFrameRequests { get; init; }

    /// <summary>Keys that the far end pressed: telephone events, or INFO.</summary>
    public long Keys { get; init; }

    /// <summary>Pictures.</summary>
    public VideoFigures Pictures { get; init; }

    /// <summary>Audio codec in use last.</summary>
    public CodecKind? AudioCodec { get; init; }

    /// <summary>Video codec in use last; null when there was no picture.</summary>
    public CodecKind? VideoCodec { get; init; }

    /// <summary>What the jitter buffer of the voice holds back now; null before there is one.</summary>
    public TimeSpan? JitterDelay { get; init; }

    /// <summary>Size, rate and bit rate of the picture.</summary>
    public VideoFormat? Format { get; init; }

    /// <summary>From the confirmation of the picture (ACK) to its first packet; null without picture.</summary>
    public TimeSpan? FirstPictureDelay { get; init; }
}
