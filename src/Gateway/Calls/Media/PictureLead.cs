namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// How long before its instant a picture is begun, so that it is on the wire at its instant, as the sound is: a packet of sound goes
/// out at its first sample, but a picture must first be drawn, coded and sent. Follows the median of what that takes, step by step,
/// so that a single key frame or a busy moment moves it by next to nothing. One thread.
/// </summary>
internal sealed class PictureLead
{
    /// <summary>Steps a second: a quarter of a millisecond each. From nothing to 10 ms it needs 40 pictures.</summary>
    private const int StepsPerSecond = 4000;

    private readonly long _step;
    private readonly long _longest;

    /// <summary>Begins without a lead.</summary>
    /// <param name="longest">At most so long; zero for none.</param>
    /// <param name="ticksPerSecond">Of the timestamps.</param>
    public PictureLead(TimeSpan longest, long ticksPerSecond)
    {
        _step = ticksPerSecond / StepsPerSecond;
        _longest = Math.Max(0, (long)(longest.TotalSeconds * ticksPerSecond));
    }

    /// <summary>The lead, timestamp ticks.</summary>
    public long Ticks { get; private set; }

    /// <summary>A picture is out.</summary>
    /// <param name="late">From its instant to its last packet, timestamp ticks; below zero before it.</param>
    public void OnComplete(long late) => Ticks = Math.Clamp(Ticks + (Math.Sign(late) * _step), 0, _longest);
}
