using System.Globalization;
using Avatar2D.Codecs.LibAv;

namespace Avatar2D.Codecs.Video;

/// <summary>What each encoder of libavcodec wants to hear for the same behaviour: at once, constant rate, IDR on demand, parameter sets in band.</summary>
internal static class VideoEncoderProfile
{
    /// <summary>Pictures between IDRs when none are wanted: over 11 hours at 25 pictures/s.</summary>
    private const int NoKeyFrames = 1_000_000;

    /// <summary>True when the encoder takes a new bit rate while it runs.</summary>
    public static bool ChangesRateWhileRunning(string encoderName) => encoderName is "libx264" or "h264_nvenc" or "hevc_nvenc";

    /// <summary>Bits that one picture may borrow.</summary>
    public static long BufferBits(int bitRate, VideoEncoderSettings settings) =>
        Math.Max(1000, (long)bitRate * settings.BufferFrames / settings.FramesPerSecond);

    /// <summary>Options for a call: constant bit rate with a small buffer.</summary>
    public static void ConfigureForCall(AvOptions options, VideoEncoderSettings settings, int bitRate)
    {
        string name = settings.ResolvedEncoderName;
        options.Set("b", bitRate);
        options.Set("maxrate", bitRate);
        options.Set("bufsize", BufferBits(bitRate, settings));
        Configure(options, settings, name);
    }

    /// <summary>Options for a file: constant quality, otherwise as for a call.</summary>
    public static void ConfigureForFile(AvOptions options, VideoEncoderSettings settings, int crf)
    {
        options.Set("crf", crf);
        Configure(options, settings, settings.ResolvedEncoderName);
    }

    private static void Configure(AvOptions options, VideoEncoderSettings settings, string name)
    {
        options.Set("time_base", string.Create(CultureInfo.InvariantCulture, $"1/{settings.FramesPerSecond}"));
        options.Set("g", settings.KeyFrameInterval > 0 ? settings.KeyFrameInterval : NoKeyFrames);
        options.Set("bf", 0);
        options.Set("threads", 1);
        switch (name)
        {
            case "libx264":
                ConfigureX264(options, settings);
                break;
            case "libx265":
                ConfigureX265(options, settings);
                break;
            case "h264_nvenc" or "hevc_nvenc":
                ConfigureNvenc(options, settings, name);
                break;
            case "libopenh264":
                ConfigureOpenH264(options, settings);
                break;
            default:
                throw new ArgumentException(
                    $"The encoder {name} is not known here; known are libx264, libx265, libopenh264, h264_nvenc and hevc_nvenc.", nameof(settings));
        }
    }

    private static void ConfigureX264(AvOptions options, VideoEncoderSettings settings)
    {
        options.Set("preset", settings.Preset ?? "ultrafast");
        options.Set("tune", "zerolatency");
        options.Set("profile", "baseline"); // x264 sets constraint_set1 with it: constrained baseline
        options.Set("forced-idr", 1);
        options.Set("nal-hrd", "none");
        options.Set("x264-params", "scenecut=0:sliced-threads=0:force-cfr=1");
        if (settings.Level is { } level)
            options.Set("level", level.ToString());
        if (settings.MaxSliceBytes > 0)
            options.Set("slice-max-size", settings.MaxSliceBytes);
    }

    private static void ConfigureX265(AvOptions options, VideoEncoderSettings settings)
    {
        options.Set("preset", settings.Preset ?? "ultrafast");
        options.Set("tune", "zerolatency");
        options.Set("forced-idr", 1);
        string parameters = "log-level=none:pools=none:frame-threads=1:wpp=0:scenecut=0:open-gop=0:repeat-headers=1:annexb=1:info=0:hrd=0";
        options.Set("x265-params", settings.Level is { } level ? $"{parameters}:level-idc={level}" : parameters);
    }

    private static void ConfigureNvenc(AvOptions options, VideoEncoderSettings settings, string name)
    {
        options.Set("preset", settings.Preset ?? "p1");
        options.Set("tune", "ull");
        options.Set("rc", "cbr");
        options.Set("zerolatency", 1);
        options.Set("delay", 0);
        options.Set("rc-lookahead", 0);
        options.Set("forced-idr", 1);
        options.Set("no-scenecut", 1);
        options.Set("profile", name == "h264_nvenc" ? "baseline" : "main");
        if (settings.Level is { } level)
            options.Set("level", level.ToString());
    }

    private static void ConfigureOpenH264(AvOptions options, VideoEncoderSettings settings)
    {
        options.Set("profile", "constrained_baseline");
        options.Set("rc_mode", "bitrate");
        options.Set("allow_skip_frames", 1);
        if (settings.Level is { } level)
            options.Set("level", level.Tenths);
        if (settings.MaxSliceBytes > 0)
            options.Set("max_nal_size", settings.MaxSliceBytes);
    }
}
