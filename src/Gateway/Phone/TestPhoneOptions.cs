using Avatar2D.Gateway.Options;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Phone;

/// <summary>How the test phone behaves in one call.</summary>
internal sealed record TestPhoneOptions
{
    /// <summary>Audio codec, the only one offered.</summary>
    public AudioCodecChoice Codec { get; init; } = AudioCodecChoice.Pcmu;

    /// <summary>Video codecs that are accepted, best first.</summary>
    public IReadOnlyList<VideoCodecChoice> VideoCodecs { get; init; } = [VideoCodecChoice.H264, VideoCodecChoice.H265];

    /// <summary>False: m=video is answered with port 0.</summary>
    public bool AcceptVideo { get; init; } = true;

    /// <summary>SRTP: off offers plain RTP, the others offer RTP/SAVP and take nothing else.</summary>
    public SrtpMode Srtp { get; init; }

    /// <summary>Offers DTLS-SRTP and takes nothing else; goes before <see cref="Srtp"/>.</summary>
    public bool Dtls { get; init; }

    /// <summary>What is spoken; null says nothing.</summary>
    public string? SpeechPath { get; init; }

    /// <summary>Speaks again and again, as long as the call lasts.</summary>
    public bool RepeatSpeech { get; init; }

    /// <summary>Silence before the speech.</summary>
    public TimeSpan SpeechDelay { get; init; }

    /// <summary>From the answer to our BYE; null: until the speech has ended and one second more, or five seconds without speech.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>MP4 with what was heard and seen; null for none.</summary>
    public string? RecordingPath { get; init; }

    /// <summary>Keeps all that was heard and seen, with its times, for <see cref="TestPhone.Wire"/>.</summary>
    public bool KeepWire { get; init; }

    /// <summary>User part of our From.</summary>
    public string User { get; init; } = "phone";

    /// <summary>Our From; null: <see cref="User"/> at our own address.</summary>
    public SipUri? From { get; init; }

    /// <summary>P-Asserted-Identity, as a trusted peer adds it (RFC 3325 §9.1); null for none.</summary>
    public SipUri? Asserted { get; init; }
}
