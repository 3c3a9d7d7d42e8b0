namespace Avatar2D.Codecs.Files;

/// <summary>What a media file holds.</summary>
public sealed record MediaFileInfo
{
    /// <summary>Pixels as shown, after the turn that a phone noted; 0 without pictures.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels as shown; 0 without pictures.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures per second, as well as it can be known; 0 without pictures.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Length; null when the file does not say.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Coding of the pictures by libav's name (h264, hevc, vp9); null without pictures.</summary>
    public required string? VideoCoding { get; init; }

    /// <summary>Coding of the sound by libav's name (aac, opus); null without sound.</summary>
    public required string? AudioCoding { get; init; }

    /// <summary>True for pictures of high dynamic range (PQ or HLG): read as they are here, they look pale.</summary>
    public bool IsHighDynamicRange { get; init; }

    /// <summary>True when it has pictures.</summary>
    public bool HasVideo => VideoCoding is not null;

    /// <summary>True when it has sound.</summary>
    public bool HasAudio => AudioCoding is not null;
}
