namespace Avatar2D.Rtp.Receiving;

/// <summary>
/// The delay that a jitter buffer aims at, from how early packets come. A packet's lead is its playout time less its
/// arrival; over a window the spread of leads is the jitter peak to peak, and the fastest packet should lead by the target.
/// All values in rtpTicks. Not thread-safe.
/// </summary>
internal sealed class JitterDelay
{
    // Excess beyond this many steps (100 ms) is cut at once.
    private const int ManySteps = 5;

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

    /// <summary>What the delay is to be changed by: longer when positive, by one step; shorter when negative, by one or many.</summary>
    public long Correction { get; private set; }

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
            long correction = Correction;
            Restart(localTicks);
            Correction = correction;
        }
    }

    /// <summary>The reader has moved the playout time by <paramref name="ticks"/>: later when positive.</summary>
    public void OnShift(long ticks)
    {
        // Steps and packets need not be equally long: what is left below one step is not worth a cut.
        long left = Correction - ticks;
        Correction = Math.Sign(left) == Math.Sign(Correction) && Math.Abs(left) >= _step ? left : 0;
        if (_maxLead >= _minLead)
        {
            _maxLead += ticks;
            _minLead += ticks;
        }
    }

    private static long Ticks(TimeSpan duration, int clockRateHz) => (long)(duration.TotalSeconds * clockRateHz);

    private void Aim()
    {
        _spread = Math.Min(_spread, _maximum); // a stall of seconds shall not be remembered longer than the worst jitter
        Target = Math.Clamp(_spread + _step, _minimum, _maximum);
        long error = _maxLead - Target;
        if (error > ManySteps * _step)
            Correction = -error; // after a burst: one cut instead of minutes of small ones
        else
            Correction = error > _step ? -_step : error <= -_step ? _step : 0;
    }
}
