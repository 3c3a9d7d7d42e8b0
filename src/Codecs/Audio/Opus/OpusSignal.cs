namespace Avatar2D.Codecs.Audio;

/// <summary>What the Opus encoder is tuned for (libopus application).</summary>
public enum OpusSignal
{
    /// <summary>Speech in a call: SILK and hybrid modes, the only ones with in-band error correction.</summary>
    Voice = 2048,

    /// <summary>Music and mixed sound.</summary>
    Audio = 2049,
}
