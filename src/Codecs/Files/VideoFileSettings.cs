using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs.Files;

/// <summary>What a rendered MP4 is to look like.</summary>
public sealed record VideoFileSettings
{
    /// <summary>Coding. Default H.264.</summary>
    public VideoCodec Codec { get; init; } = VideoCodec.H264;

    /// <summary>Pixels, even.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels, even.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures per second. Default 25.</summary>
    public int FramesPerSecond { get; init; } = 25;

    /// <summary>Quality of x264 or x265, 0 (lossless) to 51; lower is better. Default 18: no visible loss.</summary>
    public int Crf { get; init; } = 18;

    /// <summary>Preset of x264 or x265. Default veryfast.</summary>
    public string Preset { get; init; } = "veryfast";

    /// <summary>Rate of the PCM in Hz; null is a silent film.</summary>
    public int? AudioSampleRateHz { get; init; }
}
