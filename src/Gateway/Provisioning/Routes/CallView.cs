using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Calls.Media;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A live call as the API shows it.</summary>
internal sealed record CallView
{
    /// <summary>SIP Call-ID.</summary>
    public required string CallId { get; init; }

    /// <summary>Who calls; null for nobody known.</summary>
    public string? SubscriberId { get; init; }

    /// <summary>Whose face it carries; null for a voice call.</summary>
    public string? Avatar { get; init; }

    /// <summary>When its INVITE came.</summary>
    public DateTimeOffset StartTime { get; init; }

    /// <summary>Where the picture stands.</summary>
    public PicturePhase Picture { get; init; }

    /// <summary>Codec of the voice.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>Codec of the picture.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Size and rate of the picture, "512x512@25".</summary>
    public string? Video { get; init; }

    /// <summary>Pictures sent.</summary>
    public long FramesSent { get; init; }

    /// <summary>Pictures begun too late.</summary>
    public long FramesLate { get; init; }

    /// <summary>Pictures left out.</summary>
    public long FramesDropped { get; init; }

    /// <summary>ACK of the re-INVITE to the first picture, ms.</summary>
    public double? FirstPictureDelayMs { get; init; }

    /// <summary>Key frames that the far end asked for.</summary>
    public long KeyFrameRequests { get; init; }

    /// <summary>Voice packets received.</summary>
    public long AudioPacketsReceived { get; init; }

    /// <summary>Voice packets lost.</summary>
    public long AudioPacketsLost { get; init; }

    /// <summary>The view of a call at this moment.</summary>
    public static CallView Of(CallSession call)
    {
        CallFigures figures = call.Figures;
        return new CallView
        {
            CallId = call.CallId,
            SubscriberId = call.Shown.SubscriberId,
            Avatar = call.Shown.Avatar,
            StartTime = call.StartTime,
            Picture = call.Picture,
            AudioCodec = figures.AudioCodec?.ToString(),
            VideoCodec = figures.VideoCodec?.ToString(),
            Video = figures.Format is { } format ? $"{format.Width}x{format.Height}@{format.FrameRate:0}" : null,
            FramesSent = figures.Pictures.FramesSent,
            FramesLate = figures.Pictures.FramesLate,
            FramesDropped = figures.Pictures.FramesDropped,
            FirstPictureDelayMs = figures.FirstPictureDelay?.TotalMilliseconds,
            KeyFrameRequests = figures.KeyFrameRequests,
            AudioPacketsReceived = figures.Audio.PacketsReceived,
            AudioPacketsLost = figures.Audio.PacketsLost,
        };
    }
}
