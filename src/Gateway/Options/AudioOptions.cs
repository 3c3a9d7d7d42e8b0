using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>The voice part of a call.</summary>
public sealed record AudioOptions
{
    /// <summary>
    /// Audio codecs in order of preference; those that are missing here are neither offered nor accepted, nor is AMR where its
    /// libraries are not installed (doctor tells).
    /// </summary>
    /// <value>Default: opus, amrwb, g722, pcma, pcmu, amr. Unit: list of opus, amrwb, g722, pcma, pcmu, amr.</value>
    [MinLength(1)]
    public IReadOnlyList<AudioCodecChoice> Codecs { get; init; } =
        [AudioCodecChoice.Opus, AudioCodecChoice.AmrWb, AudioCodecChoice.G722, AudioCodecChoice.Pcma, AudioCodecChoice.Pcmu, AudioCodecChoice.Amr];

    /// <summary>What a caller hears when nobody else is in the call: the own voice, silence, or a recording.</summary>
    /// <value>Default: echo. Unit: one of echo, silence, announcement.</value>
    public AudioReturnMode ReturnMode { get; init; } = AudioReturnMode.Echo;

    /// <summary>
    /// Recording for <see cref="ReturnMode"/> announcement, played in a loop: RIFF WAV, PCM 16 bit, any rate. A relative
    /// path is looked for in the working directory, then in the installation.
    /// </summary>
    /// <value>Default: assets/speech.wav. Unit: file path.</value>
    public string AnnouncementPath { get; init; } = "assets/speech.wav";

    /// <summary>Duration of the audio packets that are sent, unless the peer's a=ptime asks otherwise (RFC 8866 §6.4).</summary>
    /// <value>Default: 20. Unit: milliseconds, one of 10, 20, 40, 60.</value>
    [AllowedValues(10, 20, 40, 60)]
    public int PacketTimeMs { get; init; } = 20;
}
