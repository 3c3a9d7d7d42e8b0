using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs.Files;

/// <summary>What an MP4 recording is to hold.</summary>
public sealed record Mp4RecorderSettings
{
    /// <summary>Coding of the access units; null records sound only.</summary>
    public VideoCodec? Video { get; init; } = VideoCodec.H264;

    /// <summary>Rate of the PCM in Hz (8000, 16000, 24000, 44100, 48000...); null records pictures only.</summary>
    public int? AudioSampleRateHz { get; init; }

    /// <summary>Bits per second of the AAC track. Default 64000; libav lowers it where the rate does not carry that much.</summary>
    public int AudioBitRate { get; init; } = 64_000;
}
