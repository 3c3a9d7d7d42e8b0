namespace Avatar2D.Gateway.Phone;

/// <summary>
/// A/V skew on the wire: how much longer a picture was on its way than the sound of the same instant, by the sender's
/// reports. Positive: the picture is late. One thread at a time.
/// </summary>
internal sealed class SkewMeter
{
    /// <summary>An hour of pictures at 25 fps; later ones are not counted any more, which keeps memory bounded.</summary>
    private const int MaxSamples = 90_000;

    /// <summary>Pictures at either end that tell the drift: a minute at 25 fps.</summary>
    private const int DriftPictures = 1500;

    private readonly List<double> _skewMs = [];
    private double? _audioTransitMs;

    /// <summary>Pictures measured.</summary>
    public int Count => _skewMs.Count;

    /// <summary>Median of the last minute less that of the first, milliseconds; null for a call of less than two minutes.</summary>
    public double? DriftMs => Count < 2 * DriftPictures ? null : Median(_skewMs[^DriftPictures..]) - Median(_skewMs[..DriftPictures]);

    /// <summary>Takes the transit time of an audio packet: arrival minus its wall clock; both clocks may differ by a constant.</summary>
    public void OnAudio(TimeSpan transit)
    {
        // A short average: one delayed packet is jitter, not skew.
        double ms = transit.TotalMilliseconds;
        _audioTransitMs = _audioTransitMs is { } average ? average + ((ms - average) / 8) : ms;
    }

    /// <summary>Takes the transit time of a complete picture; without audio so far it is not counted.</summary>
    public void OnPicture(TimeSpan transit)
    {
        if (_audioTransitMs is { } audio && _skewMs.Count < MaxSamples)
            _skewMs.Add(transit.TotalMilliseconds - audio);
    }

    /// <summary>The skew that a share of the pictures does not exceed, as absolute value but with its sign; null without pictures.</summary>
    /// <param name="share">0.5 is the median, 0.95 the usual bound.</param>
    public double? Percentile(double share)
    {
        if (_skewMs.Count == 0)
            return null;
        double[] sorted = [.. _skewMs.OrderBy(Math.Abs)];
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
