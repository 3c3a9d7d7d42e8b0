using Avatar2D.Codecs.Files;

namespace Avatar2D.Gateway.Measuring;

/// <summary>
/// A sound whose events are known to the sample and make a mouth move: bursts of a loud vowel out of silence, at times that repeat
/// neither with the pictures nor with the packets. The pitch glides, so that each burst fits its echo at one place only.
/// </summary>
internal static class TestSignal
{
    /// <summary>Samples a second.</summary>
    public const int SampleRateHz = 16_000;

    /// <summary>Bursts; twenty seconds in all: enough that the worst one is not the 95th percentile.</summary>
    public const int Bursts = 30;

    /// <summary>Length of a burst, seconds.</summary>
    public const double BurstSeconds = 0.24;

    private const double FirstStart = 0.5;

    /// <summary>
    /// From burst to burst: 15 pictures and 40 % of one, so that the starts fall on five places between two pictures; the voice gate
    /// closes in the pause.
    /// </summary>
    private const double Period = 0.616;

    /// <summary>Silence after the last burst.</summary>
    private const double Tail = 0.6;

    private const double FadeSeconds = 0.012;
    private const double Amplitude = 9000;

    /// <summary>Formants of the vowel of "father", Hz, and their band widths.</summary>
    private static readonly (double Hz, double Width)[] Formants = [(730, 90), (1090, 110), (2440, 160)];

    /// <summary>When each burst begins, seconds from the first sample.</summary>
    public static IReadOnlyList<double> Starts { get; } = [.. Enumerable.Range(0, Bursts).Select(i => FirstStart + (i * Period))];

    /// <summary>Makes the signal.</summary>
    public static PcmClip Make()
    {
        var samples = new short[(int)((Starts[^1] + BurstSeconds + Tail) * SampleRateHz)];
        foreach (double start in Starts)
            Vowel().CopyTo(samples.AsSpan((int)Math.Round(start * SampleRateHz)));
        return new PcmClip(SampleRateHz, samples);
    }

    /// <summary>One burst: pulses of a voice through three resonances, the same each time.</summary>
    public static short[] Vowel()
    {
        var sound = new double[(int)(BurstSeconds * SampleRateHz)];
        double phase = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            phase += (110 + (60.0 * i / sound.Length)) / SampleRateHz;
            if (phase < 1)
                continue;
            phase -= 1;
            sound[i] = 1;
        }

        foreach ((double hz, double width) in Formants)
            Resonate(sound, hz, width);
        double peak = sound.Max(Math.Abs);
        int fade = (int)(FadeSeconds * SampleRateHz);
        var pcm = new short[sound.Length];
        for (int i = 0; i < pcm.Length; i++)
        {
            double edge = Math.Min(1, Math.Min(i, pcm.Length - 1 - i) / (double)fade);
            pcm[i] = (short)Math.Round(Amplitude * edge * sound[i] / peak);
        }

        return pcm;
    }

    /// <summary>Two-pole resonance in place.</summary>
    private static void Resonate(double[] sound, double hz, double width)
    {
        double radius = Math.Exp(-Math.PI * width / SampleRateHz);
        double a = 2 * radius * Math.Cos(2 * Math.PI * hz / SampleRateHz);
        double b = -radius * radius;
        double one = 0, two = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            double value = ((1 - radius) * sound[i]) + (a * one) + (b * two);
            (one, two) = (value, one);
            sound[i] = value;
        }
    }
}
