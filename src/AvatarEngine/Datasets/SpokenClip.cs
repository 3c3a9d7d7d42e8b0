using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>The sound of a clip: sentences with pauses between, at a level and over a faint room noise drawn by lot.</summary>
/// <param name="Frames">Pictures of the clip.</param>
/// <param name="Pcm">Mono at 16 kHz: the pictures' samples and <see cref="ShardFormat.TailSamples"/> more.</param>
/// <param name="Phones">Every phone, silences left out; times from the first sample.</param>
internal sealed record SpokenClip(int Frames, short[] Pcm, IReadOnlyList<PhoneSpan> Phones)
{
    private const double LowestLevelDb = -30;
    private const double HighestLevelDb = -20;
    private const double LowestNoiseDb = -84;
    private const double HighestNoiseDb = -62;

    /// <summary>Puts a clip together.</summary>
    /// <param name="lines">What is spoken.</param>
    /// <param name="lot">Draws pauses, level and noise.</param>
    public static SpokenClip Join(IReadOnlyList<SpokenLine> lines, SeededRandom lot)
    {
        var phones = new List<PhoneSpan>();
        var starts = new List<int>();
        int at = Samples(lot.Next(0.1f, 0.5f));
        foreach (SpokenLine line in lines)
        {
            starts.Add(at);
            TimeSpan shift = TimeSpan.FromSeconds((double)at / ShardFormat.SampleRateHz);
            phones.AddRange(line.Phones.Where(p => !IsSilence(p.Phone)).Select(p => p with { Start = p.Start + shift, End = p.End + shift }));
            at += line.Pcm.Length + Samples(lot.Chance(0.2f) ? lot.Next(0.8f, 1.8f) : lot.Next(0.05f, 0.5f));
        }

        int frames = (at + ShardFormat.SamplesPerFrame - 1) / ShardFormat.SamplesPerFrame;
        double[] sound = new double[(frames * ShardFormat.SamplesPerFrame) + ShardFormat.TailSamples];
        double gain = Gain(lines, lot.Next((float)LowestLevelDb, (float)HighestLevelDb));
        double noise = 32768 * Math.Pow(10, lot.Next((float)LowestNoiseDb, (float)HighestNoiseDb) / 20);
        for (int i = 0; i < sound.Length; i++)
            sound[i] = noise * lot.Normal();
        for (int k = 0; k < lines.Count; k++)
        {
            ReadOnlySpan<short> pcm = lines[k].Pcm.Span;
            for (int i = 0; i < pcm.Length; i++)
                sound[starts[k] + i] += gain * pcm[i];
        }

        return new SpokenClip(frames, Array.ConvertAll(sound, v => (short)Math.Clamp(Math.Round(v), short.MinValue, short.MaxValue)), phones);
    }

    /// <summary>Silences and breaths of any synthesizer.</summary>
    private static bool IsSilence(string phone) => phone is "" or "SIL" or "PAU" or "H#" or "BRTH" or "SP";

    private static int Samples(float seconds) => (int)(seconds * ShardFormat.SampleRateHz);

    /// <summary>Gain to a level of all lines together, dB of full scale; less where it would clip.</summary>
    private static double Gain(IReadOnlyList<SpokenLine> lines, double levelDb)
    {
        double sum = 0, peak = 1;
        long count = 0;
        foreach (SpokenLine line in lines)
        {
            foreach (short v in line.Pcm.Span)
            {
                sum += (double)v * v;
                peak = Math.Max(peak, Math.Abs((double)v));
            }

            count += line.Pcm.Length;
        }

        double rms = Math.Sqrt(sum / Math.Max(1, count));
        return Math.Min(32768 * Math.Pow(10, levelDb / 20) / Math.Max(1, rms), 32000 / peak);
    }
}
