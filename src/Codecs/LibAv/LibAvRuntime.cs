namespace Avatar2D.Codecs.LibAv;

/// <summary>The door to libav*: every class that uses it calls <see cref="Require"/> first. Safe from any thread.</summary>
internal static class LibAvRuntime
{
    /// <summary>av_log level under which nothing is printed (AV_LOG_QUIET): errors come back as status numbers.</summary>
    private const int Quiet = -8;

    private static readonly Lazy<CodecUnavailableException?> Refusal = new(Start);

    /// <summary>Pixel format yuv420p; first of its enum in every release.</summary>
    public const int Yuv420P = 0;

    /// <summary>"No time" (AV_NOPTS_VALUE).</summary>
    public const long NoTime = long.MinValue;

    /// <summary>Loads the libraries once and verifies that their structs are laid out as expected.</summary>
    /// <exception cref="CodecUnavailableException">They are missing, or laid out otherwise.</exception>
    public static void Require()
    {
        if (Refusal.Value is { } refusal)
            throw new CodecUnavailableException(refusal.Message, refusal);
    }

    /// <summary>The number of a codec by libav's name of the coding: h264, hevc, aac.</summary>
    public static unsafe int CodecId(string name)
    {
        int* descriptor = AvCodecNative.Descriptor(name);
        return descriptor != null ? *descriptor : throw new CodecUnavailableException($"libavcodec does not know the coding {name}.");
    }

    private static CodecUnavailableException? Start()
    {
        try
        {
            NativeLibraries.RequireLibAv();
            AvUtilNative.SetLogLevel(Quiet);
            LibAvSelfCheck.Run();
            return null;
        }
        catch (CodecUnavailableException missing)
        {
            return missing;
        }
        catch (CodecException failed)
        {
            return new CodecUnavailableException($"The installed libav* cannot be used: {failed.Message}", failed);
        }
    }
}
