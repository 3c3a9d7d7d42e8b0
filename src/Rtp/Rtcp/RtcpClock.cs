namespace Avatar2D.Rtp.Rtcp;

/// <summary>
/// One wall clock for every stream: the UTC time of its birth plus what the monotonic clock has counted since. Steps of the
/// system clock do not reach the sender reports, so audio and video stay on one line. Any thread.
/// </summary>
public sealed class RtcpClock
{
    private readonly TimeProvider _time;
    private readonly long _startTimestamp;
    private readonly DateTimeOffset _startUtc;

    /// <summary>Reads both clocks once.</summary>
    public RtcpClock(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _startTimestamp = time.GetTimestamp();
        _startUtc = time.GetUtcNow();
    }

    /// <summary>Timestamp ticks per second of the clock beneath.</summary>
    public long TimestampFrequency => _time.TimestampFrequency;

    /// <summary>Now, in ticks of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Wall clock of a timestamp.</summary>
    public NtpTimestamp ToNtp(long timestamp) =>
        NtpTimestamp.From(_startUtc + _time.GetElapsedTime(_startTimestamp, timestamp));

    /// <summary>Seconds since the birth of the clock.</summary>
    public double ToSeconds(long timestamp) => (timestamp - _startTimestamp) / (double)_time.TimestampFrequency;

    /// <summary>How many rtpTicks pass from <paramref name="from"/> to <paramref name="to"/>; exact for hours.</summary>
    public long ToRtpTicks(long from, long to, int clockRateHz) =>
        (long)((Int128)(to - from) * clockRateHz / _time.TimestampFrequency);

    /// <summary>A duration in timestamp ticks.</summary>
    public long ToTimestampTicks(TimeSpan duration) =>
        (long)((Int128)duration.Ticks * _time.TimestampFrequency / TimeSpan.TicksPerSecond);
}
