namespace Avatar2D.Codecs.Video;

/// <summary>Settings of a video encoder for a call.</summary>
public sealed record VideoEncoderSettings
{
    /// <summary>Coding. Default H.264.</summary>
    public VideoCodec Codec { get; init; } = VideoCodec.H264;

    /// <summary>Pixels, even.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels, even.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures per second. Default 25: the engine's rate. Timestamps count in units of 1 / this.</summary>
    public int FramesPerSecond { get; init; } = 25;

    /// <summary>Bits per second, constant. Default 500000.</summary>
    public int BitRate { get; init; } = 500_000;

    /// <summary>How many frames' worth of bits one picture may borrow (VBV size). Default 5: 200 ms at 25 pictures/s.</summary>
    public int BufferFrames { get; init; } = 5;

    /// <summary>Level to state and keep to; null lets the encoder choose by size and rate.</summary>
    public VideoLevel? Level { get; init; }

    /// <summary>
    /// Largest NAL unit in bytes for H.264 packetization-mode 0 (RFC 6184 §6.2); 0 is no limit. H.264 only: H.265 always has fragments.
    /// </summary>
    public int MaxSliceBytes { get; init; }

    /// <summary>Pictures between unasked IDRs. Default 0: none but the first and those asked for.</summary>
    public int KeyFrameInterval { get; init; }

    /// <summary>
    /// Encoder of libavcodec: libx264, libx265, libopenh264, h264_nvenc, hevc_nvenc. Null takes libx264 or libx265 by <see cref="Codec"/>.
    /// libx264 and libx265 are GPL.
    /// </summary>
    public string? EncoderName { get; init; }

    /// <summary>Preset of that encoder. Null takes the fastest: ultrafast, or p1 with NVENC.</summary>
    public string? Preset { get; init; }

    /// <summary>The encoder that will be opened.</summary>
    public string ResolvedEncoderName => EncoderName ?? (Codec == VideoCodec.H264 ? "libx264" : "libx265");
}
