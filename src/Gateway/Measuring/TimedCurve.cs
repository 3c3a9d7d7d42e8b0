namespace Avatar2D.Gateway.Measuring;

/// <summary>A quantity over time, such as the opening of a mouth; straight lines between its points. Immutable.</summary>
internal sealed class TimedCurve
{
    private readonly double[] _times;
    private readonly double[] _values;

    /// <summary>Keeps the points.</summary>
    /// <param name="times">Seconds, rising.</param>
    /// <param name="values">One a time.</param>
    /// <exception cref="ArgumentException">The counts differ, or a time does not rise.</exception>
    public TimedCurve(IEnumerable<double> times, IEnumerable<double> values)
    {
        _times = [.. times];
        _values = [.. values];
        if (_times.Length != _values.Length)
            throw new ArgumentException($"{_times.Length} times and {_values.Length} values are no curve.", nameof(values));
        for (int i = 1; i < _times.Length; i++)
        {
            if (!(_times[i] > _times[i - 1]))
                throw new ArgumentException($"Time {i} of a curve does not rise.", nameof(times));
        }
    }

    /// <summary>Seconds, rising.</summary>
    public ReadOnlySpan<double> Times => _times;

    /// <summary>One a time.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Points.</summary>
    public int Count => _times.Length;

    /// <summary>A curve with a point every so many seconds, the first at 0.</summary>
    public static TimedCurve Every(double stepSeconds, IReadOnlyList<double> values) =>
        new(Enumerable.Range(0, values.Count).Select(i => i * stepSeconds), values);

    /// <summary>The value at a time; null outside the first and the last point.</summary>
    public double? At(double seconds)
    {
        if (_times.Length == 0 || !(seconds >= _times[0] && seconds <= _times[^1]))
            return null;
        int place = Array.BinarySearch(_times, seconds);
        if (place >= 0)
            return _values[place];
        int after = ~place;
        double share = (seconds - _times[after - 1]) / (_times[after] - _times[after - 1]);
        return _values[after - 1] + (share * (_values[after] - _values[after - 1]));
    }

    /// <summary>The points within a stretch of time, both ends included.</summary>
    public TimedCurve Within(double from, double to)
    {
        int[] inside = [.. Enumerable.Range(0, Count).Where(i => _times[i] >= from && _times[i] <= to)];
        return new TimedCurve(inside.Select(i => _times[i]), inside.Select(i => _values[i]));
    }

    /// <summary>The curve so much later.</summary>
    public TimedCurve Later(double seconds) => new(_times.Select(t => t + seconds), _values);

    /// <summary>The value that a share of the points does not exceed; null without points.</summary>
    public double? Percentile(double share) => Count == 0 ? null : Percentiles.Of(_values, share);
}
