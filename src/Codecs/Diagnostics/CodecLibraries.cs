using System.Globalization;
using System.Runtime.InteropServices;
using Avatar2D.Codecs.Audio;
using Avatar2D.Codecs.LibAv;
using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs;

/// <summary>Looks at what is installed, for the doctor verb and for start-up. Safe from any thread; never throws.</summary>
public static class CodecLibraries
{
    private static readonly string[] Encoders = ["libx264", "libx265", "libopenh264", "h264_nvenc", "hevc_nvenc"];

    /// <summary>Every library, and every video encoder that has been opened for a try.</summary>
    public static IReadOnlyList<CodecLibrary> Probe()
    {
        List<CodecLibrary> found = [ProbeOpus(), ProbeAmr(wide: false), ProbeAmr(wide: true)];
        try
        {
            LibAvRuntime.Require();
        }
        catch (CodecUnavailableException missing)
        {
            found.Add(new CodecLibrary("libavcodec", false, missing.Message, IsRequired: true));
            return found;
        }

        string release = Marshal.PtrToStringUTF8(AvUtilNative.VersionInfo()) ?? "";
        found.Add(new CodecLibrary("libavcodec", true, $"{Text(AvCodecNative.Version())} (FFmpeg {release})", IsRequired: true));
        found.Add(new CodecLibrary("libavformat", true, Text(AvFormatNative.Version()), IsRequired: true));
        found.Add(new CodecLibrary("libavutil", true, Text(AvUtilNative.Version()), IsRequired: true));
        found.Add(new CodecLibrary("libswscale", true, Text(SwScaleNative.Version()), IsRequired: true));
        foreach (string encoder in Encoders)
        {
            bool usable = LibAvVideoEncoder.IsUsable(encoder, out string reason);
            found.Add(new CodecLibrary(encoder, usable, usable ? "opens" : reason, IsRequired: false));
        }

        return found;
    }

    /// <summary>Throws unless everything that the gateway cannot do without is there.</summary>
    /// <exception cref="CodecUnavailableException">Says what to install.</exception>
    public static void Require()
    {
        NativeLibraries.RequireOpus();
        LibAvRuntime.Require();
    }

    private static CodecLibrary ProbeAmr(bool wide)
    {
        try
        {
            AmrFrame.Require(wide);
            return new CodecLibrary(wide ? "libopencore-amrwb" : "libopencore-amrnb", true, wide ? "AMR-WB, with libvo-amrwbenc" : "AMR", IsRequired: false);
        }
        catch (CodecUnavailableException missing)
        {
            return new CodecLibrary(wide ? "libopencore-amrwb" : "libopencore-amrnb", false, missing.Message, IsRequired: false);
        }
    }

    private static CodecLibrary ProbeOpus()
    {
        try
        {
            NativeLibraries.RequireOpus();
            return new CodecLibrary("libopus", true, Marshal.PtrToStringUTF8(OpusNative.Version()) ?? "unknown version", IsRequired: true);
        }
        catch (CodecUnavailableException missing)
        {
            return new CodecLibrary("libopus", false, missing.Message, IsRequired: true);
        }
    }

    private static string Text(uint version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version >> 16}.{(version >> 8) & 255}.{version & 255}");
}
