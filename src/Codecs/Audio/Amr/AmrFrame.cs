namespace Avatar2D.Codecs.Audio;

/// <summary>
/// Frames of AMR and AMR-WB as both our libraries and RFC 4867 §5.3 (storage format) have them: a byte of type and quality,
/// then the speech bits, filled up to whole bytes.
/// </summary>
public static class AmrFrame
{
    /// <summary>Longest frame with its header byte: 477 bits of AMR-WB 23.85.</summary>
    public const int MaxBytes = 61;

    /// <summary>Every frame is 20 ms.</summary>
    public const int DurationMs = 20;

    /// <summary>Frame without data (FT 15).</summary>
    public const int NoData = 15;

    /// <summary>Rate of the PCM.</summary>
    public static int SampleRateHz(bool wide) => wide ? 16_000 : 8000;

    /// <summary>Samples of a frame.</summary>
    public static int Samples(bool wide) => SampleRateHz(wide) * DurationMs / 1000;

    /// <summary>True when the libraries are installed.</summary>
    public static bool IsAvailable(bool wide) => AmrNative.IsInstalled(wide);

    internal static void Require(bool wide)
    {
        if (!IsAvailable(wide))
            throw new CodecUnavailableException(wide
                ? "AMR-WB needs libopencore-amrwb and libvo-amrwbenc: apt-get install libopencore-amrwb0 libvo-amrwbenc0"
                : "AMR needs libopencore-amrnb: apt-get install libopencore-amrnb0");
    }
}
