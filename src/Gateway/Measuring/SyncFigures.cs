namespace Avatar2D.Gateway.Measuring;

/// <summary>
/// Delay and skew of a call by what was heard and seen: every figure comes from samples and pixels. "Arrival" places them by when
/// their packets came, without any stamp; "stamps" places them where RTP and RTCP say, which is what a receiver that synchronises
/// shows. The JSON names are a contract; a figure that never came to be is null.
/// </summary>
internal sealed record SyncFigures
{
    /// <summary>Events whose sound and picture were both found.</summary>
    public required int Events { get; init; }

    /// <summary>Events of the signal.</summary>
    public required int Wanted { get; init; }

    /// <summary>A sample of the voice leaves, and the picture of its mouth is here: median, milliseconds.</summary>
    public double? VoiceToPictureMsP50 { get; init; }

    /// <summary>95 % of the events are not slower, milliseconds.</summary>
    public double? VoiceToPictureMsP95 { get; init; }

    /// <summary>A sample of the voice leaves, and its echo is here: median, milliseconds.</summary>
    public double? VoiceToSoundMsP50 { get; init; }

    /// <summary>Picture against sound as both arrive: median, milliseconds; positive: the picture is late.</summary>
    public double? ArrivalSkewMsP50 { get; init; }

    /// <summary>The skew that 95 % of the events do not exceed, milliseconds, with its sign.</summary>
    public double? ArrivalSkewMsP95 { get; init; }

    /// <summary>Picture against sound as both are stamped: median, milliseconds.</summary>
    public double? StampSkewMsP50 { get; init; }

    /// <summary>The skew that 95 % of the events do not exceed, milliseconds, with its sign.</summary>
    public double? StampSkewMsP95 { get; init; }
}
