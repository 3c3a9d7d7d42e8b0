namespace Avatar2D.Gateway.Calls;

/// <summary>
/// Measures the load between the questions about it: pictures of the running calls, and this process's core time. The question may
/// come often; it is measured once a second at most. Any thread.
/// </summary>
/// <param name="frames">Pictures of all running calls since their starts: due, and late or left out.</param>
/// <param name="coreTime">Core time of this process since its start.</param>
/// <param name="cores">Cores that there are.</param>
/// <param name="time">Clock.</param>
internal sealed class MediaLoadMeter(Func<(long Due, long Late)> frames, Func<TimeSpan> coreTime, int cores, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private (long Due, long Late) _frames;
    private TimeSpan _coreTime = coreTime();
    private long _at = time.GetTimestamp();
    private MediaLoad _last;

    /// <summary>The load of the latest interval that is over.</summary>
    public MediaLoad Read()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            TimeSpan passed = time.GetElapsedTime(_at, now);
            if (passed < Interval)
                return _last;
            (long Due, long Late) sum = frames();
            TimeSpan used = coreTime();

            // Calls that ended took their pictures with them: a sum that shrank says nothing about this interval.
            bool isGrown = sum.Due >= _frames.Due && sum.Late >= _frames.Late;
            _last = new MediaLoad(
                isGrown ? sum.Due - _frames.Due : 0, isGrown ? sum.Late - _frames.Late : 0, (used - _coreTime) / (passed * cores));
            (_frames, _coreTime, _at) = (sum, used, now);
            return _last;
        }
    }
}
