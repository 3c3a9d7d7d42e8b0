using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>
/// By how much each half second of a speech is heard later than the whole of it: a jitter buffer that moves takes sound and lips along,
/// which is no fault of the lips. What is too quiet to be found stands where the half second before it does.
/// </summary>
internal sealed class SoundDrift
{
    private const double PieceSeconds = 0.5, MostSeconds = 0.2, LeastMatch = 0.5;

    private readonly List<double> _seconds = [];

    /// <summary>Finds the pieces.</summary>
    /// <param name="spoken">The speech.</param>
    /// <param name="heard">What came back.</param>
    /// <param name="delaySeconds">Of the whole.</param>
    public SoundDrift(PcmClip spoken, PcmClip heard, double delaySeconds)
    {
        int rate = heard.SampleRateHz;
        float[] said = Floats(spoken.At(rate));
        float[] got = Floats(heard);
        int delay = (int)Math.Round(delaySeconds * rate), reach = (int)(MostSeconds * rate), length = (int)(PieceSeconds * rate);
        for (int start = 0; start < said.Length; start += length)
        {
            ReadOnlySpan<float> piece = said.AsSpan(start, Math.Min(length, said.Length - start));
            (int at, double product) = SoundMatch.BestLag(piece, got, Math.Max(0, start + delay - reach), start + delay + reach);
            double power = Power(piece) * Power(got.AsSpan(Math.Min(at, got.Length), Math.Min(piece.Length, got.Length - Math.Min(at, got.Length))));
            bool found = product / Math.Sqrt(power) >= LeastMatch;
            _seconds.Add(found ? (at - start - delay) / (double)rate : _seconds.LastOrDefault());
        }
    }

    /// <summary>Lays a curve over the speech: its times are those of the sound as it was heard.</summary>
    public TimedCurve OverSpeech(TimedCurve heard)
    {
        var times = new List<double>();
        var values = new List<double>();
        for (int i = 0; i < heard.Count; i++)
        {
            double time = heard.Times[i] - At(heard.Times[i]);
            if (times.Count > 0 && time <= times[^1])
                continue;
            times.Add(time);
            values.Add(heard.Values[i]);
        }

        return new TimedCurve(times, values);
    }

    private double At(double seconds) => _seconds[Math.Clamp((int)(seconds / PieceSeconds), 0, _seconds.Count - 1)];

    private static float[] Floats(PcmClip clip) => [.. clip.Samples.ToArray().Select(sample => sample / 32768f)];

    private static double Power(ReadOnlySpan<float> sound)
    {
        double sum = 0;
        foreach (float sample in sound)
            sum += sample * sample;
        return sum;
    }
}
