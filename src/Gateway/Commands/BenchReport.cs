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

    /// <summary>Core time of one picture by stage (draw, encode, send), milliseconds.</summary>
    public required IReadOnlyDictionary<string, double> CorePerFrameMs { get; init; }
}
