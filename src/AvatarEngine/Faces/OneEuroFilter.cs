namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// One number over time by the one-euro rule (Casiez, Roussel, Vogel 2012): a first-order low-pass whose cutoff is
/// rest + slope x |smoothed speed|. Time is media time, so the same input gives the same output.
/// </summary>
public struct OneEuroFilter
{
    private float _value;
    private float _last;
    private float _speed;
    private bool _started;

    /// <summary>Takes the next number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="seconds">Media time since the one before; not above zero gives the value held until now.</param>
    /// <param name="unit">What counts as 1 for the speed, above zero.</param>
    /// <param name="options">How to smooth.</param>
    /// <returns>The smoothed number.</returns>
    public float Next(float value, float seconds, float unit, OneEuroOptions options)
    {
        if (!_started)
        {
            _started = true;
            _value = _last = value;
            _speed = 0;
            return value;
        }

        if (seconds <= 0)
            return _value;
        float speed = (value - _last) / (seconds * unit);
        _last = value;
        _speed += Share(options.SpeedHz, seconds) * (speed - _speed);
        _value += Share(options.RestHz + (options.PerSpeed * MathF.Abs(_speed)), seconds) * (value - _value);
        return _value;
    }

    /// <summary>Forgets everything: the next number is taken as it is.</summary>
    public void Reset() => _started = false;

    private static float Share(float cutoffHz, float seconds)
    {
        float turn = MathF.Tau * cutoffHz * seconds;
        return turn / (turn + 1);
    }
}
