using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>The functions of libavformat that are used.</summary>
internal static unsafe partial class AvFormatNative
{
    /// <summary>Open for writing (AVIO_FLAG_WRITE).</summary>
    public const int Write = 2;

    private const string Library = NativeLibraries.AvFormat;

    static AvFormatNative() => NativeLibraries.Install();

    [LibraryImport(Library, EntryPoint = "avformat_version")]
    public static partial uint Version();

    [LibraryImport(Library, EntryPoint = "avformat_open_input", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenInput(out IntPtr context, string url, IntPtr format, ref IntPtr options);

    [LibraryImport(Library, EntryPoint = "avformat_close_input")]
    public static partial void CloseInput(ref IntPtr context);

    [LibraryImport(Library, EntryPoint = "avformat_find_stream_info")]
    public static partial int FindStreamInfo(AvInputHandle context, IntPtr options);

    [LibraryImport(Library, EntryPoint = "av_find_best_stream")]
    public static partial int FindBestStream(AvInputHandle context, int type, int wanted, int related, out IntPtr decoder, int flags);

    [LibraryImport(Library, EntryPoint = "av_read_frame")]
    public static partial int ReadPacket(AvInputHandle context, AvPacketHandle packet);

    /// <summary>FFmpeg 5 and 6 only; in 7 side data belongs to the parameters.</summary>
    [LibraryImport(Library, EntryPoint = "av_stream_get_side_data")]
    public static partial int* StreamSideData(IntPtr stream, int type, nuint* size);

    [LibraryImport(Library, EntryPoint = "av_guess_frame_rate")]
    public static partial AvRational GuessFrameRate(AvInputHandle context, IntPtr stream, IntPtr frame);

    [LibraryImport(Library, EntryPoint = "avformat_alloc_output_context2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OutputAlloc(out IntPtr context, IntPtr format, string formatName, string? fileName);

    [LibraryImport(Library, EntryPoint = "avformat_free_context")]
    public static partial void ContextFree(IntPtr context);

    [LibraryImport(Library, EntryPoint = "avformat_new_stream")]
    public static partial IntPtr NewStream(AvOutputHandle context, IntPtr codec);

    [LibraryImport(Library, EntryPoint = "avio_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenFile(IntPtr* file, string url, int flags);

    [LibraryImport(Library, EntryPoint = "avio_closep")]
    public static partial int CloseFile(IntPtr* file);

    [LibraryImport(Library, EntryPoint = "avformat_write_header")]
    public static partial int WriteHeader(AvOutputHandle context, ref IntPtr options);

    [LibraryImport(Library, EntryPoint = "av_interleaved_write_frame")]
    public static partial int WritePacket(AvOutputHandle context, AvPacketHandle packet);

    [LibraryImport(Library, EntryPoint = "av_write_trailer")]
    public static partial int WriteTrailer(AvOutputHandle context);
}
