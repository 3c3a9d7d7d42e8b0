using Avatar2D.Codecs;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Commands;

/// <summary>Tries at start what the settings ask for, so that a missing library is told before the first call and not in it.</summary>
internal static class NeededLibraries
{
    /// <summary>Returns when all is there.</summary>
    /// <exception cref="CodecUnavailableException">Something is missing; it says what to install or to change.</exception>
    public static void Require(GatewayOptions options)
    {
        CodecLibraries.Require();
        if (!options.Video.Enabled)
            return;
        foreach (VideoCodecChoice codec in options.Video.Codecs)
        {
            bool isH264 = codec == VideoCodecChoice.H264;
            string encoder = isH264 ? options.Video.H264Encoder : options.Video.H265Encoder;
            if (LibAvVideoEncoder.IsUsable(encoder, out string reason))
                continue;
            string setting = isH264 ? "Video:H264Encoder" : "Video:H265Encoder";
            throw new CodecUnavailableException(
                $"the encoder {encoder} cannot be used: {reason} Install an FFmpeg that has it (apt-get install libavcodec59), "
                + $"name another one in {setting}, or take {(isH264 ? "h264" : "h265")} out of Video:Codecs.");
        }
    }
}
