namespace Avatar2D.Codecs.LibAv;

/// <summary>Opens codec contexts: parameters carry size and format in, options the rest.</summary>
internal static class CodecContext
{
    /// <exception cref="CodecUnavailableException">libavcodec was built without this encoder.</exception>
    /// <exception cref="CodecException">The encoder refuses its settings.</exception>
    public static AvCodecContextHandle OpenEncoder(string name, AvParametersHandle parameters, Action<AvOptions> configure)
    {
        IntPtr codec = AvCodecNative.FindEncoder(name);
        if (codec == IntPtr.Zero)
            throw new CodecUnavailableException($"The installed libavcodec has no encoder {name}. Name another one, or install an FFmpeg that has it.");
        return Open(codec, name, parameters, configure);
    }

    /// <exception cref="CodecUnavailableException">libavcodec was built without this decoder.</exception>
    public static AvCodecContextHandle OpenDecoder(string name, AvParametersHandle? parameters, Action<AvOptions> configure)
    {
        IntPtr codec = AvCodecNative.FindDecoder(name);
        if (codec == IntPtr.Zero)
            throw new CodecUnavailableException($"The installed libavcodec has no decoder {name}.");
        return Open(codec, name, parameters, configure);
    }

    /// <summary>Opens the decoder of a stream of a file.</summary>
    public static AvCodecContextHandle OpenDecoder(AvStreamView stream, Action<AvOptions> configure)
    {
        int codecId = new AvParametersView(stream.Parameters).CodecId;
        IntPtr codec = AvCodecNative.FindDecoder(codecId);
        string name = System.Runtime.InteropServices.Marshal.PtrToStringUTF8(AvCodecNative.CodecName(codecId)) ?? "unknown";
        if (codec == IntPtr.Zero)
            throw new CodecException($"The installed libavcodec cannot decode {name}.");
        AvCodecContextHandle context = AvCodecNative.ContextAlloc(codec);
        try
        {
            LibAvStatus.Check(AvCodecNative.ParametersToContext(context, stream.Parameters), $"Preparing {name}");
            Open(context, codec, name, configure);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    private static AvCodecContextHandle Open(IntPtr codec, string name, AvParametersHandle? parameters, Action<AvOptions> configure)
    {
        AvCodecContextHandle context = AvCodecNative.ContextAlloc(codec);
        try
        {
            if (context.IsInvalid)
                throw new CodecException($"libav could not allocate {name}.");
            if (parameters is not null)
                LibAvStatus.Check(AvCodecNative.ParametersToContext(context, parameters), $"Preparing {name}");
            Open(context, codec, name, configure);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    private static void Open(AvCodecContextHandle context, IntPtr codec, string name, Action<AvOptions> configure)
    {
        using AvOptions options = new();
        configure(options);
        LibAvStatus.Check(AvCodecNative.Open(context, codec, ref options.Dictionary), $"Opening {name}");
        options.RequireAllUsed(name);
    }
}
