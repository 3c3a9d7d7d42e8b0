using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>The functions of libavutil that are used.</summary>
internal static unsafe partial class AvUtilNative
{
    /// <summary>av_opt_set looks into the codec's private options too (AV_OPT_SEARCH_CHILDREN).</summary>
    public const int SearchChildren = 1;

    /// <summary>av_dict_get matches any key (AV_DICT_IGNORE_SUFFIX with an empty key).</summary>
    public const int IgnoreSuffix = 2;

    private const string Library = NativeLibraries.AvUtil;

    static AvUtilNative() => NativeLibraries.Install();

    [LibraryImport(Library, EntryPoint = "avutil_version")]
    public static partial uint Version();

    [LibraryImport(Library, EntryPoint = "av_version_info")]
    public static partial IntPtr VersionInfo();

    [LibraryImport(Library, EntryPoint = "av_log_set_level")]
    public static partial void SetLogLevel(int level);

    [LibraryImport(Library, EntryPoint = "av_strerror")]
    public static partial int ErrorText(int status, byte* text, nuint size);

    [LibraryImport(Library, EntryPoint = "av_frame_alloc")]
    public static partial AvFrameHandle FrameAlloc();

    [LibraryImport(Library, EntryPoint = "av_frame_free")]
    public static partial void FrameFree(ref IntPtr frame);

    [LibraryImport(Library, EntryPoint = "av_frame_get_buffer")]
    public static partial int FrameGetBuffer(AvFrameHandle frame, int align);

    [LibraryImport(Library, EntryPoint = "av_frame_make_writable")]
    public static partial int FrameMakeWritable(AvFrameHandle frame);

    [LibraryImport(Library, EntryPoint = "av_frame_unref")]
    public static partial void FrameUnref(AvFrameHandle frame);

    [LibraryImport(Library, EntryPoint = "av_get_pix_fmt", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int PixelFormat(string name);

    [LibraryImport(Library, EntryPoint = "av_get_sample_fmt", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SampleFormat(string name);

    [LibraryImport(Library, EntryPoint = "av_dict_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DictionarySet(ref IntPtr dictionary, string key, string value, int flags);

    [LibraryImport(Library, EntryPoint = "av_dict_get", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr* DictionaryGet(IntPtr dictionary, string key, IntPtr previous, int flags);

    [LibraryImport(Library, EntryPoint = "av_dict_free")]
    public static partial void DictionaryFree(ref IntPtr dictionary);

    [LibraryImport(Library, EntryPoint = "av_opt_set_int", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OptionSetInt(AvCodecContextHandle context, string name, long value, int flags);

    [LibraryImport(Library, EntryPoint = "av_mallocz")]
    public static partial byte* AllocateZeroed(nuint size);
}
