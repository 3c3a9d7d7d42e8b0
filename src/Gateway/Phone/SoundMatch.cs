using System.Numerics;
using Avatar2D.Codecs.Files;

namespace Avatar2D.Gateway.Phone;

/// <summary>How much what was heard is what was spoken: normalised cross-correlation at the best delay.</summary>
/// <param name="Correlation">-1 ... 1; 1 is the same wave form.</param>
/// <param name="Delay">What was heard begins so much later in its recording.</param>
internal sealed record SoundMatch(double Correlation, TimeSpan Delay)
{
    /// <summary>Longest delay that is looked for.</summary>
    private const double MaxDelaySeconds = 4;

    /// <summary>Compares two recordings; the spoken one is brought to the rate of the heard one.</summary>
    public static SoundMatch Of(PcmClip spoken, PcmClip heard)
    {
        float[] said = ToFloat(spoken.At(heard.SampleRateHz));
        float[] got = ToFloat(heard);
        double saidPower = Dot(said, said);
        int lags = (int)(MaxDelaySeconds * heard.SampleRateHz);
        double best = 0;
        int bestLag = 0;
        for (int lag = 0; lag < lags && lag < got.Length; lag++)
        {
            ReadOnlySpan<float> part = got.AsSpan(lag, Math.Min(said.Length, got.Length - lag));
            double product = Dot(said.AsSpan(0, part.Length), part);
            if (product <= 0)
                continue;
            double power = Dot(part, part);
            double correlation = power <= 0 || saidPower <= 0 ? 0 : product / Math.Sqrt(power * saidPower);
            if (correlation > best)
                (best, bestLag) = (correlation, lag);
        }

        return new SoundMatch(best, TimeSpan.FromSeconds(bestLag / (double)heard.SampleRateHz));
    }

    private static float[] ToFloat(PcmClip clip)
    {
        ReadOnlySpan<short> samples = clip.Samples.Span;
        var result = new float[samples.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = samples[i] / 32768f;
        return result;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        double total = Vector.Sum(sum);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }
}
