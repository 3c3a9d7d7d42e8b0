namespace Avatar2D.Gateway.Measuring;

/// <summary>
/// Whether the mouth that was seen in a call says what was heard, off its pixels and samples. The JSON names are a contract; a figure
/// that never came to be is null.
/// </summary>
internal sealed record MouthFigures
{
    /// <summary>What read the mouth: landmarks or drawing; null when nothing could.</summary>
    public string? Meter { get; init; }

    /// <summary>Pictures whose mouth was read.</summary>
    public int Pictures { get; init; }

    /// <summary>Opening against that of the same model's film of the same speech, made offline: Pearson's r at the best lag.</summary>
    public double? Correlation { get; init; }

    /// <summary>That lag: the mouth comes so much later than its sound, milliseconds.</summary>
    public double? LagMs { get; init; }

    /// <summary>Amplitude against the film's; 1 is the same.</summary>
    public double? Slope { get; init; }

    /// <summary>Opening against the film of other sentences, at its best lag within half a second.</summary>
    public double? OtherCorrelation { get; init; }

    /// <summary>Sounds m, b and p that were seen.</summary>
    public int Closures { get; init; }

    /// <summary>Of those, with closed lips.</summary>
    public int Closed { get; init; }

    /// <summary>Share of the pictures in pauses with closed lips.</summary>
    public double? PausesClosed { get; init; }

    /// <summary>Opening that 95 % of the pictures do not exceed, eye distances.</summary>
    public double? OpeningP95 { get; init; }
}
