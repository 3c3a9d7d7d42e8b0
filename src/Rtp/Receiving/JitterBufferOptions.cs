namespace Avatar2D.Rtp.Receiving;

/// <summary>Sizes and delays of a <see cref="JitterBuffer"/>.</summary>
public sealed record JitterBufferOptions
{
    /// <summary>RTP clock of the stream, Hz. Default 8,000 (G.711); Opus is always 48,000.</summary>
    public int ClockRateHz { get; init; } = 8000;

    /// <summary>Delay at the start and the least delay ever. Default 40 ms: two packets of 20 ms.</summary>
    public TimeSpan MinimumDelay { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Most delay that jitter can lead to. Default 200 ms: half of the 400 ms that G.114 allows mouth to ear.</summary>
    public TimeSpan MaximumDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Packets that can wait. Default 64: 1.28 s of 20 ms packets. A power of two.</summary>
    public int Slots { get; init; } = 64;

    /// <summary>Longest payload, bytes. Default 1,280: an Opus frame has up to 1,275.</summary>
    public int SlotBytes { get; init; } = 1280;

    /// <summary>Delay follows the jitter measured over this time. Default 1 s.</summary>
    public TimeSpan AdaptationWindow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How fast the memory of a jitter peak fades, per window. Default 5 ms.</summary>
    public TimeSpan PeakDecay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>This many late packets in a row mean that the timestamps or the route have jumped. Default 5.</summary>
    public int LatePacketsToResync { get; init; } = 5;
}
