namespace Avatar2D.Rtp.Receiving;

/// <summary>
/// The delay that a jitter buffer aims at, from how early packets come. A packet's lead is its playout time less its
/// arrival; over a window the spread of leads is the jitter peak to peak, and the fastest packet should lead by the target.
/// All values in rtpTicks. Not thread-safe.
/// </summary>
internal sealed class JitterDelay
{
    private readonly long _minimum;
    private readonly long _maximum;
    private readonly long _window;
    private readonly long _decay;
    private readonly long _step;
    private long _spread;
    private long _windowEnd;
    private long _maxLead = long.MinValue;
    private long _minLead = long.MaxValue;

    /// <summary>Starts at the least delay.</summary>
    /// <param name="options">Delays and window.</param>
    /// <param name="stepTicks">One step of correction; also the margin over the measured spread.</param>
    public JitterDelay(JitterBufferOptions options, long stepTicks)
    {
        _minimum = Ticks(options.MinimumDelay, options.ClockRateHz);
        _maximum = Ticks(options.MaximumDelay, options.ClockRateHz);
        _window = Ticks(options.AdaptationWindow, options.ClockRateHz);
        _decay = Ticks(options.PeakDecay, options.ClockRateHz);
        _step = stepTicks;
        Target = _minimum;
    }

    /// <summary>Delay that is aimed at.</summary>
    public long Target { get; private set; }

    /// <summary>+1: lengthen by one step; -1: shorten by one step; 0: leave it.</summary>
    public int Correction { get; private set; }

    /// <summary>Starts a new window; the memory of the spread stays, since the route is likely the same.</summary>
    public void Restart(long localTicks)
    {
        Correction = 0;
        _windowEnd = localTicks + _window;
        _maxLead = long.MinValue;
        _minLead = long.MaxValue;
    }

    /// <summary>Takes the lead of a packet that arrived at <paramref name="localTicks"/>; negative when it was late.</summary>
    public void OnLead(long lead, long localTicks)
    {
        _maxLead = Math.Max(_maxLead, lead);
        _minLead = Math.Min(_minLead, lead);
        if (lead < 0)
        {
            // Late: do not wait for the end of the window.
            _spread = Math.Max(_spread, _maxLead - _minLead);
            Aim();
        }
        else if (localTicks >= _windowEnd)
        {
            _spread = Math.Max(_maxLead - _minLead, _spread - _decay);
            Aim();
            int correction = Correction;
            Restart(localTicks);
            Correction = correction;
        }
    }

    /// <summary>The reader has moved the playout time by <paramref name="ticks"/>: later when positive.</summary>
    public void OnShift(long ticks)
    {
        Correction = 0;
        if (_maxLead >= _minLead)
        {
            _maxLead += ticks;
            _minLead += ticks;
        }
    }

    private static long Ticks(TimeSpan duration, int clockRateHz) => (long)(duration.TotalSeconds * clockRateHz);

    private void Aim()
    {
        Target = Math.Clamp(_spread + _step, _minimum, _maximum);
        long error = _maxLead - Target;
        Correction = error > _step ? -1 : error <= -_step ? 1 : 0;
    }
}
