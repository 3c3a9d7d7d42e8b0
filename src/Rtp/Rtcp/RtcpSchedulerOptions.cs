namespace Avatar2D.Rtp.Rtcp;

/// <summary>How often reports go out (RFC 3550 §6.2, §6.3.1).</summary>
public sealed record RtcpSchedulerOptions
{
    /// <summary>Bandwidth of all RTCP of the session, bit/s. Default 5 % of 64 kbit/s = 3,200; b=RS plus b=RR override it.</summary>
    public int RtcpBandwidthBitsPerSecond { get; init; } = 3200;

    /// <summary>Smallest deterministic interval. Default 5 s (RFC 3550 §6.2); video may go down to 360 s / (kbit/s).</summary>
    public TimeSpan MinimumInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The first report goes out after half of this up to all of it. Default 0.5 s, where RFC 3550 would wait about 2.5 s:
    /// a receiver can judge lip-sync only once both streams have had a sender report.
    /// </summary>
    public TimeSpan FirstReportWithin { get; init; } = TimeSpan.FromMilliseconds(500);
}
