using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>One of the times that a phone said the speech, as it came back.</summary>
internal sealed class HeardSpeech
{
    /// <summary>A time is looked for so much before and after the end of the one before it.</summary>
    private const double ReachSeconds = 0.5;

    private readonly SoundDrift _drift;

    private HeardSpeech(int samplesBefore, double correlation, SoundDrift drift)
    {
        SamplesBefore = samplesBefore;
        Correlation = correlation;
        _drift = drift;
    }

    /// <summary>Samples that were heard before its first one.</summary>
    public int SamplesBefore { get; }

    /// <summary>1 is the wave form that was said.</summary>
    public double Correlation { get; }

    /// <summary>Finds every time that was heard from its begin to its end, in order; at least the first.</summary>
    /// <param name="spoken">One time of the speech.</param>
    /// <param name="heard">All that came back.</param>
    public static IReadOnlyList<HeardSpeech> All(PcmClip spoken, PcmClip heard)
    {
        int length = spoken.At(heard.SampleRateHz).Samples.Length, reach = (int)(ReachSeconds * heard.SampleRateHz);
        var times = new List<HeardSpeech>();
        int from = 0, room = heard.Samples.Length;
        do
        {
            PcmClip part = heard with { Samples = heard.Samples.Slice(from, room) };
            SoundMatch match = SoundMatch.Of(spoken, part);
            var drift = new SoundDrift(spoken, part, match.Delay.TotalSeconds);
            int before = from + (int)Math.Round(match.Delay.TotalSeconds * heard.SampleRateHz);
            times.Add(new HeardSpeech(before, match.Correlation, drift));
            from = before + length - reach;
            room = length + (2 * reach);
        }
        while (from + room <= heard.Samples.Length);
        return times;
    }

    /// <summary>The mouth that was seen, over the time of this speech.</summary>
    /// <param name="wire">The pictures, and the sound of the whole call.</param>
    /// <param name="openings">One a picture; null where none could be read.</param>
    /// <param name="seconds">Length of the speech.</param>
    public TimedCurve Seen(WireRecord wire, IReadOnlyList<double?> openings, double seconds) =>
        _drift.OverSpeech(MouthWitness.Seen(wire, openings, SamplesBefore)).Within(0, seconds);

    /// <summary>What was seen of the same speech at several times, in one curve.</summary>
    public static TimedCurve Together(IEnumerable<TimedCurve> curves)
    {
        (double Time, double Value)[] points = [.. curves
            .SelectMany(curve => Enumerable.Range(0, curve.Count).Select(i => (curve.Times[i], curve.Values[i])))
            .OrderBy(point => point.Item1).DistinctBy(point => point.Item1)];
        return new TimedCurve(points.Select(point => point.Time), points.Select(point => point.Value));
    }
}
