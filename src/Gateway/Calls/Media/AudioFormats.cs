using System.Collections.Immutable;
using Avatar2D.Codecs.Audio;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>From the names of audio codecs to what SDP says of them.</summary>
internal static class AudioFormats
{
    /// <summary>
    /// The formats of codecs, best first, with comfort noise and telephone events at their clocks. AMR is there in both packings,
    /// and only where its libraries are installed.
    /// </summary>
    public static ImmutableArray<PayloadFormat> Of(IEnumerable<AudioCodecChoice> codecs) =>
        [.. codecs.SelectMany(FormatsOf), Codec.ComfortNoise, Codec.TelephoneEvent(48_000), Codec.TelephoneEvent(16_000), Codec.TelephoneEvent(8000)];

    private static PayloadFormat[] FormatsOf(AudioCodecChoice codec) => codec switch
    {
        AudioCodecChoice.Pcmu => [Codec.Pcmu],
        AudioCodecChoice.Pcma => [Codec.Pcma],
        AudioCodecChoice.G722 => [Codec.G722],
        AudioCodecChoice.Amr => Amr(wide: false),
        AudioCodecChoice.AmrWb => Amr(wide: true),
        _ => [Codec.Opus(new OpusParameters { InbandFec = true })],
    };

    private static PayloadFormat[] Amr(bool wide) =>
        AmrFrame.IsAvailable(wide) ? [Codec.Amr(wide, octetAligned: false), Codec.Amr(wide, octetAligned: true)] : [];
}
