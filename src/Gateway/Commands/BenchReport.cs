namespace Avatar2D.Gateway.Commands;

/// <summary>What N calls at once were like. The JSON names are a contract.</summary>
internal sealed record BenchReport
{
    /// <summary>Calls asked for.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that were not answered or got no picture.</summary>
    public required int Failed { get; init; }

    /// <summary>Picture size asked for, "512x512".</summary>
    public required string Size { get; init; }

    /// <summary>Frame rate asked for.</summary>
    public required int FramesPerSecond { get; init; }

    /// <summary>Received by the worst call; null when no call had a picture.</summary>
    public double? FpsMin { get; init; }

    /// <summary>Received, mean over the calls.</summary>
    public double? FpsMean { get; init; }

    /// <summary>Pictures sent by all calls.</summary>
    public required long FramesSent { get; init; }

    /// <summary>Pictures begun more than one frame time late.</summary>
    public required long LateFrames { get; init; }

    /// <summary>Pictures left out because they would have been late.</summary>
    public required long DroppedFrames { get; init; }

    /// <summary>Begun so late after it was due, at most, in 99 % of the pictures, milliseconds.</summary>
    public double? LatenessMsP99 { get; init; }

    /// <summary>
    /// From the arrival of a voice sample to the last packet of the picture with its mouth: what the jitter buffer and the engine
    /// hold back, drawing, encoding, pacing, lateness. Median, milliseconds.
    /// </summary>
    public double? DelayMsP50 { get; init; }

    /// <summary>The same, not exceeded by 95 % of the pictures.</summary>
    public double? DelayMsP95 { get; init; }

    /// <summary>Resident memory of the process, phones included, at the beginning of the measurement and at its end, MB.</summary>
    public required IReadOnlyList<double> ResidentMb { get; init; }

    /// <summary>Managed memory in use at both moments, after a collection, MB.</summary>
    public required IReadOnlyList<double> HeapMb { get; init; }

    /// <summary>
    /// A/V skew by sender reports, median of the calls' last minute less that of their first, milliseconds: the one that drifted most;
    /// null for calls of less than two minutes.
    /// </summary>
    public double? AvSkewDriftMs { get; init; }

    /// <summary>A/V skew by sender reports: median of the worst call, milliseconds; positive: the picture is late.</summary>
    public double? AvSkewMsP50 { get; init; }

    /// <summary>Core time of one picture by stage (draw, encode, send), milliseconds.</summary>
    public required IReadOnlyDictionary<string, double> CorePerFrameMs { get; init; }
}
