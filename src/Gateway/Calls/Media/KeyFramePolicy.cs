using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// Decides which pictures are key frames: the first, every few seconds in the beginning, every now and then later, and when
/// the far end asks, but not too often (RFC 5104 §4.3.1). A request that comes too soon is answered as soon as it may be.
/// One thread, except <see cref="Request"/>.
/// </summary>
internal sealed class KeyFramePolicy
{
    private readonly long _requestInterval;
    private readonly long _earlyInterval;
    private readonly long _earlyTime;
    private readonly long _interval;
    private long? _first;
    private long _last;
    private int _requested;

    /// <summary>Takes the intervals from the settings.</summary>
    /// <param name="options">Intervals.</param>
    /// <param name="ticksPerSecond"><see cref="TimeProvider.TimestampFrequency"/>.</param>
    public KeyFramePolicy(VideoOptions options, long ticksPerSecond)
    {
        _requestInterval = options.KeyFrameRequestIntervalMs * ticksPerSecond / 1000;
        _earlyInterval = options.EarlyKeyFrameIntervalSeconds * ticksPerSecond;
        _earlyTime = options.EarlyKeyFrameSeconds * ticksPerSecond;
        _interval = options.KeyFrameIntervalSeconds * ticksPerSecond;
    }

    /// <summary>The far end wants a key frame. Any thread.</summary>
    public void Request() => Volatile.Write(ref _requested, 1);

    /// <summary>The next picture is the first of a stream again (new encoder, resumed after hold).</summary>
    public void Restart() => _first = null;

    /// <summary>True when the picture that is made now must be a key frame; it then counts as made.</summary>
    public bool Next(long now)
    {
        if (_first is not { } first)
        {
            _first = now;
            return Make(now);
        }

        long since = now - _last;
        if (Volatile.Read(ref _requested) != 0 && since >= _requestInterval)
            return Make(now);
        long interval = now - first <= _earlyTime ? Math.Min(_earlyInterval, _interval) : _interval;
        return since >= interval && Make(now);
    }

    private bool Make(long now)
    {
        _last = now;
        Volatile.Write(ref _requested, 0);
        return true;
    }
}
