using System.Numerics;
using Avatar2D.Codecs.Files;

namespace Avatar2D.Gateway.Phone;

/// <summary>
/// How much what was heard is what was spoken: normalised cross-correlation at the best delay. A jitter buffer may move its
/// delay in a pause, so each second is laid at its own best place near the delay of the whole.
/// </summary>
/// <param name="Correlation">0 ... 1; 1 is the same wave form.</param>
/// <param name="Delay">What was heard begins so much later in its recording.</param>
internal sealed record SoundMatch(double Correlation, TimeSpan Delay)
{
    /// <summary>Longest delay that is looked for.</summary>
    private const double MaxDelaySeconds = 4;

    /// <summary>A piece may lie this far from the delay of the whole: five packets of 20 ms.</summary>
    private const double MaxShiftSeconds = 0.1;

    /// <summary>Compares two recordings; the spoken one is brought to the rate of the heard one.</summary>
    public static SoundMatch Of(PcmClip spoken, PcmClip heard)
    {
        float[] said = ToFloat(spoken.At(heard.SampleRateHz));
        float[] got = ToFloat(heard);
        int lag = BestLag(said, got, 0, (int)(MaxDelaySeconds * heard.SampleRateHz)).Lag;
        int shift = (int)(MaxShiftSeconds * heard.SampleRateHz);
        double product = 0;
        double saidPower = 0;
        double gotPower = 0;
        for (int start = 0; start < said.Length; start += heard.SampleRateHz)
        {
            ReadOnlySpan<float> piece = said.AsSpan(start, Math.Min(heard.SampleRateHz, said.Length - start));
            int from = Math.Max(0, start + lag - shift);
            (int at, double sum) = BestLag(piece, got, from, start + lag + shift);
            ReadOnlySpan<float> part = Part(got, at, piece.Length);
            product += sum;
            saidPower += Dot(piece, piece);
            gotPower += Dot(part, part);
        }

        double power = Math.Sqrt(saidPower * gotPower);
        return new SoundMatch(power > 0 ? product / power : 0, TimeSpan.FromSeconds(lag / (double)heard.SampleRateHz));
    }

    /// <summary>The place in [from, to] at which the piece fits best, and the product there (0 when it fits nowhere).</summary>
    internal static (int Lag, double Product) BestLag(ReadOnlySpan<float> piece, ReadOnlySpan<float> whole, int from, int to)
    {
        (int Lag, double Product, double Score) best = (from, 0, 0);
        for (int lag = from; lag <= to && lag < whole.Length; lag++)
        {
            ReadOnlySpan<float> part = Part(whole, lag, piece.Length);
            double product = Dot(piece[..part.Length], part);
            if (product <= 0)
                continue;
            double score = product / Math.Sqrt(Dot(part, part));
            if (score > best.Score)
                best = (lag, product, score);
        }

        return (best.Lag, best.Product);
    }

    private static ReadOnlySpan<float> Part(ReadOnlySpan<float> whole, int start, int length) =>
        start >= whole.Length ? default : whole.Slice(start, Math.Min(length, whole.Length - start));

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
