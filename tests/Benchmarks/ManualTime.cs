namespace Avatar2D.Benchmarks;

/// <summary>A clock that stands still until it is moved; moving costs nothing.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _timestamp = 1;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => _timestamp;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_timestamp / 100);

    public long Advance(int milliseconds) => _timestamp += milliseconds * 1_000_000L;
}
