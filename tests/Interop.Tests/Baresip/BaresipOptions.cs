namespace Avatar2D.Interop.Tests.Baresip;

/// <summary>How baresip is set up for a test.</summary>
internal sealed record BaresipOptions
{
    /// <summary>Where SIP and media are bound; 127.0.0.1 or ::1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Audio codecs in baresip's words, best first.</summary>
    public string AudioCodecs { get; init; } = "pcmu";

    /// <summary>Samples per second of its microphone and loudspeaker: baresip takes all above 1.2 kHz away where it has to halve a rate.</summary>
    public int SoundRateHz => AudioCodecs.Contains("/16000", StringComparison.Ordinal) || AudioCodecs.Contains("/48000", StringComparison.Ordinal) ? 16_000 : 8000;

    /// <summary>Video codecs in baresip's words.</summary>
    public string VideoCodecs { get; init; } = "H264";

    /// <summary>Media encryption in baresip's words: srtp offers keys on RTP/AVP, srtp-mand offers RTP/SAVP, dtls_srtp a handshake; null has none.</summary>
    public string? MediaEncryption { get; init; }

    /// <summary>RTCP on the port of RTP.</summary>
    public bool RtcpMux { get; init; }

    /// <summary>A camera: grey pictures that baresip sends. Without it baresip only shows what it gets.</summary>
    public bool HasCamera { get; init; }
}
