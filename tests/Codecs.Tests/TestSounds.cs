namespace Avatar2D.Codecs.Tests;

/// <summary>Synthetic sounds and measures on them.</summary>
internal static class TestSounds
{
    public static short[] Sine(int rate, double hertz, int samples, double amplitude = 10_000)
    {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++)
            pcm[i] = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * hertz * i / rate));
        return pcm;
    }

    /// <summary>Vowel-like: a glottal pulse train of slowly moving pitch with a few resonant partials and a syllable envelope.</summary>
    public static short[] Voice(int rate, int samples)
    {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++)
        {
            double t = (double)i / rate;
            double phase = 2 * Math.PI * ((130 * t) - (25 / (2 * Math.PI * 0.7) * Math.Cos(2 * Math.PI * 0.7 * t)));
            double envelope = 0.55 + (0.45 * Math.Sin(2 * Math.PI * 3.1 * t));
            double sum = 0;
            for (int partial = 1; partial <= 16; partial++)
            {
                double hertz = partial * 130;
                double gain = Math.Exp(-Math.Pow((hertz - 550 - (200 * Math.Sin(2 * Math.PI * 1.3 * t))) / 300, 2))
                    + (0.5 * Math.Exp(-Math.Pow((hertz - 1500) / 350, 2))) + 0.03;
                sum += gain * Math.Sin(partial * phase);
            }

            pcm[i] = (short)(3000 * envelope * sum);
        }

        return pcm;
    }

    /// <summary>Amplitude of one frequency, by projection on sine and cosine over a Hann window.</summary>
    public static double Level(ReadOnlySpan<short> pcm, int rate, double hertz)
    {
        double cosine = 0;
        double sine = 0;
        double weight = 0;
        for (int i = 0; i < pcm.Length; i++)
        {
            double window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / pcm.Length));
            cosine += window * pcm[i] * Math.Cos(2 * Math.PI * hertz * i / rate);
            sine += window * pcm[i] * Math.Sin(2 * Math.PI * hertz * i / rate);
            weight += window;
        }

        return 2 * Math.Sqrt((cosine * cosine) + (sine * sine)) / weight;
    }

    public static double Power(ReadOnlySpan<short> pcm)
    {
        double sum = 0;
        foreach (short sample in pcm)
            sum += (double)sample * sample;
        return sum / Math.Max(1, pcm.Length);
    }

    /// <summary>Normalised correlation at lag 0, -1 to 1.</summary>
    public static double Correlation(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        double dot = 0;
        double left = 1e-9;
        double right = 1e-9;
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            dot += (double)a[i] * b[i];
            left += (double)a[i] * a[i];
            right += (double)b[i] * b[i];
        }

        return dot / Math.Sqrt(left * right);
    }

    /// <summary>The shift of b against a, in samples, at which they are most alike.</summary>
    public static int BestLag(ReadOnlySpan<short> a, ReadOnlySpan<short> b, int from, int to)
    {
        int best = from;
        double bestScore = double.MinValue;
        for (int lag = from; lag <= to; lag++)
        {
            double score = lag >= 0 ? Correlation(a, b[Math.Min(lag, b.Length)..]) : Correlation(a[Math.Min(-lag, a.Length)..], b);
            if (score > bestScore)
                (bestScore, best) = (score, lag);
        }

        return best;
    }
}
