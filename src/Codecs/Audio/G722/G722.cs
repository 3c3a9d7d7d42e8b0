namespace Avatar2D.Codecs.Audio;

/// <summary>Numbers of ITU-T G.722 at 64 kbit/s: one byte for two samples, six bits of the lower band and two of the upper.</summary>
internal static class G722
{
    /// <summary>Rate of the PCM; the RTP clock says 8,000 all the same (RFC 3551 §4.5.2).</summary>
    public const int SampleRateHz = 16_000;

    /// <summary>Taps of the filter that splits and joins the bands (§3.1).</summary>
    public const int Taps = 24;

    /// <summary>Every second tap; the filter is symmetrical.</summary>
    public static ReadOnlySpan<short> Filter => [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

    /// <summary>Weight of a code's magnitude on the lower band's scale.</summary>
    public static ReadOnlySpan<short> LowWeights => [-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60];

    /// <summary>Weight of a code on the upper band's scale.</summary>
    public static ReadOnlySpan<short> HighWeights => [798, -214, 798, -214];

    /// <summary>Lower band, four bits: what the predictor learns from.</summary>
    public static ReadOnlySpan<short> Inverse4 =>
        [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];

    /// <summary>Lower band, all six bits: what is heard.</summary>
    public static ReadOnlySpan<short> Inverse6 =>
    [
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
        -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
    ];

    /// <summary>Upper band.</summary>
    public static ReadOnlySpan<short> Inverse2 => [-7408, -1616, 7408, 1616];

    /// <summary>Decision levels of the lower band.</summary>
    public static ReadOnlySpan<short> Levels =>
    [
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650,
        714, 786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
    ];

    /// <summary>A band of a new stream.</summary>
    public static G722Band LowBand() => new(32, 18_432, 8);

    /// <summary>A band of a new stream.</summary>
    public static G722Band HighBand() => new(8, 22_528, 10);
}
