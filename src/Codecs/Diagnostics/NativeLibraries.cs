using System.Reflection;
using System.Runtime.InteropServices;

namespace Avatar2D.Codecs;

/// <summary>
/// Finds the native libraries by soname, so that no -dev package is needed. The libav* libraries are taken as a set of one
/// release, newest first: mixing majors would mix struct layouts. Safe from any thread.
/// </summary>
internal static class NativeLibraries
{
    public const string Opus = "opus";
    public const string AvCodec = "avcodec";
    public const string AvFormat = "avformat";
    public const string AvUtil = "avutil";
    public const string SwScale = "swscale";

    private const string OpusSoname = "libopus.so.0";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, IntPtr> Loaded = [];
    private static bool _installed;
    private static bool _searched;
    private static int _avCodecMajor;

    /// <summary>Major version of the libavcodec that was found; 0 when there is none.</summary>
    public static int AvCodecMajor
    {
        get
        {
            lock (Gate)
            {
                SearchNeedsLock();
                return _avCodecMajor;
            }
        }
    }

    /// <summary>True when libopus was found.</summary>
    public static bool HasOpus => Find(Opus) != IntPtr.Zero;

    /// <summary>Hooks this assembly's imports; done before the first native call.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (_installed)
                return;
            _installed = true;
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        }
    }

    /// <summary>Throws when libopus is missing.</summary>
    /// <exception cref="CodecUnavailableException">Says which package to install.</exception>
    public static void RequireOpus()
    {
        if (!HasOpus)
            throw new CodecUnavailableException($"{OpusSoname} is not installed. Install the package libopus0 (apt-get install libopus0).");
    }

    /// <summary>Throws when no usable set of libav* is there.</summary>
    /// <exception cref="CodecUnavailableException">Says which packages to install.</exception>
    public static void RequireLibAv()
    {
        if (AvCodecMajor == 0)
            throw new CodecUnavailableException(
                "No set of libavcodec, libavformat, libavutil and libswscale of FFmpeg 5, 6 or 7 is installed. On Debian 12 install "
                + "libavcodec59, libavformat59, libavutil57 and libswscale6 (apt-get install libavcodec59 libavformat59 libavutil57 libswscale6).");
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path) => Find(name);

    private static IntPtr Find(string name)
    {
        lock (Gate)
        {
            SearchNeedsLock();
            return Loaded.GetValueOrDefault(name);
        }
    }

    private static void SearchNeedsLock()
    {
        if (_searched)
            return;
        _searched = true;
        if (NativeLibrary.TryLoad(OpusSoname, out IntPtr opus))
            Loaded[Opus] = opus;
        foreach ((int codec, int format, int util, int scale) in new[] { (61, 61, 59, 8), (60, 60, 58, 7), (59, 59, 57, 6) })
        {
            if (TryLoadSetNeedsLock((AvUtil, util), (AvCodec, codec), (AvFormat, format), (SwScale, scale)))
            {
                _avCodecMajor = codec;
                return;
            }
        }
    }

    private static bool TryLoadSetNeedsLock(params (string Name, int Major)[] set)
    {
        IntPtr[] handles = new IntPtr[set.Length];
        for (int i = 0; i < set.Length; i++)
        {
            if (NativeLibrary.TryLoad($"lib{set[i].Name}.so.{set[i].Major}", out handles[i]))
                continue;
            foreach (IntPtr handle in handles[..i])
                NativeLibrary.Free(handle);
            return false;
        }

        for (int i = 0; i < set.Length; i++)
            Loaded[set[i].Name] = handles[i];
        return true;
    }
}
