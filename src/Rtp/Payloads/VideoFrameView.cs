namespace Avatar2D.Rtp.Payloads;

/// <summary>One picture as it came together. Valid until the next packet is pushed.</summary>
public readonly ref struct VideoFrameView
{
    /// <summary>The access unit, Annex B with start codes of 4 bytes. Incomplete NAL units are left out.</summary>
    public ReadOnlySpan<byte> Data { get; init; }

    /// <summary>RTP timestamp, 90 kHz.</summary>
    public uint Timestamp { get; init; }

    /// <summary>True with an IDR (H.264) or IRAP (H.265) slice: decoding can start here if nothing is damaged.</summary>
    public bool IsKeyFrame { get; init; }

    /// <summary>True when a part of this picture is missing.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>True when packets were lost since the picture before: references may be missing. Ask for a key frame unless this is one.</summary>
    public bool FollowsLoss { get; init; }
}
