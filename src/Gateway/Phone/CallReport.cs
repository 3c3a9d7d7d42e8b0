namespace Avatar2D.Gateway.Phone;

/// <summary>What the test phone saw and heard. The JSON names are a contract; a figure that never came to be is null.</summary>
internal sealed record CallReport
{
    /// <summary>SIP status that the INVITE got; 200 for an answered call.</summary>
    public required int SipStatus { get; init; }

    /// <summary>Our ACK to the gateway's first re-INVITE that offers a picture, milliseconds.</summary>
    public double? AckToReinviteMs { get; init; }

    /// <summary>The ACK of that re-INVITE to the last packet of the first key frame that our decoder decodes, milliseconds.</summary>
    public double? FirstIdrMs { get; init; }

    /// <summary>Pictures that came whole, those included that a decoder cannot show because one before them is missing.</summary>
    public required long FramesReceived { get; init; }

    /// <summary>Whole pictures a second, by arrival, between the first and the last one.</summary>
    public double? Fps { get; init; }

    /// <summary>Longest time between the arrivals of two whole pictures, milliseconds; a lost picture makes it longer.</summary>
    public double? LargestGapMs { get; init; }

    /// <summary>Video packets that never came, percent of those expected.</summary>
    public double? VideoLossPercent { get; init; }

    /// <summary>Audio packets that never came, percent of those expected.</summary>
    public double? AudioLossPercent { get; init; }

    /// <summary>Median A/V skew by sender reports, milliseconds; positive: the picture is late.</summary>
    public double? AvSkewMsP50 { get; init; }

    /// <summary>The skew that 95 % of the pictures do not exceed, milliseconds, with its sign.</summary>
    public double? AvSkewMsP95 { get; init; }

    /// <summary>Audio codec in use.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>Video codec in use; null when there was no picture.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Picture size of the first key frame, "512x512".</summary>
    public string? VideoSize { get; init; }

    /// <summary>The pictures are to be turned clockwise by so much, as their sender says (CVO): 0, 90, 180 or 270; null where it says nothing.</summary>
    public int? VideoRotationDegrees { get; init; }

    /// <summary>Why the call ended, a tag of the call detail records.</summary>
    public required string EndReason { get; init; }

    /// <summary>The recording, if one was asked for.</summary>
    public string? Recording { get; init; }
}
