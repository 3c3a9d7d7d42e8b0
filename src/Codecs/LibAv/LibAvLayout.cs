namespace Avatar2D.Codecs.LibAv;

/// <summary>
/// Byte offsets of the public struct fields that have no accessor function, on 64-bit machines, by release. They are verified
/// by <see cref="LibAvSelfCheck"/> before anything else runs.
/// </summary>
internal sealed record LibAvLayout
{
    /// <summary>AVFormatContext.pb: after av_class, iformat, oformat, priv_data.</summary>
    public const int FormatFile = 32;

    /// <summary>AVFormatContext.nb_streams.</summary>
    public const int FormatStreamCount = 44;

    /// <summary>AVFormatContext.streams.</summary>
    public const int FormatStreams = 48;

    /// <summary>FFmpeg 5: libavcodec 59, libavformat 59, libavutil 57.</summary>
    private static readonly LibAvLayout Release5 = new()
    {
        FrameSampleRate = 208,
        FrameColorRange = 320,
        FrameColorSpace = 332,
        FrameBestEffort = 344,
        FrameChannelLayout = 448,
        ParametersFormat = 28,
        ParametersWidth = 56,
        ParametersColorRange = 76,
        ParametersSampleRate = 116,
        ParametersChannelLayout = 144,
        StreamIndex = 0,
        StreamTimeBase = 16,
        StreamParameters = 208,
        FormatDuration = 72,
    };

    /// <summary>FFmpeg 6: libavcodec 60; AVStream begins with its class, and its parameters moved up.</summary>
    private static readonly LibAvLayout Release6 = Release5 with
    {
        StreamIndex = 8,
        StreamTimeBase = 32,
        StreamParameters = 16,
    };

    /// <summary>FFmpeg 7: libavcodec 61; the old channel fields went, side data and stream groups came.</summary>
    private static readonly LibAvLayout Release7 = Release6 with
    {
        FrameSampleRate = 192,
        FrameColorRange = 296,
        FrameColorSpace = 308,
        FrameBestEffort = 320,
        FrameChannelLayout = 408,
        ParametersFormat = 44,
        ParametersWidth = 72,
        ParametersColorRange = 100,
        ParametersSampleRate = 152,
        ParametersChannelLayout = 128,
        FormatDuration = 88,
    };

    /// <summary>The layout of the libraries that were loaded.</summary>
    public static LibAvLayout Current { get; } = NativeLibraries.AvCodecMajor switch
    {
        61 => Release7,
        60 => Release6,
        _ => Release5,
    };

    public required int FrameSampleRate { get; init; }

    public required int FrameColorRange { get; init; }

    public required int FrameColorSpace { get; init; }

    public required int FrameBestEffort { get; init; }

    public required int FrameChannelLayout { get; init; }

    public required int ParametersFormat { get; init; }

    public required int ParametersWidth { get; init; }

    public required int ParametersColorRange { get; init; }

    public required int ParametersSampleRate { get; init; }

    public required int ParametersChannelLayout { get; init; }

    public required int StreamIndex { get; init; }

    public required int StreamTimeBase { get; init; }

    public required int StreamParameters { get; init; }

    public required int FormatDuration { get; init; }
}
