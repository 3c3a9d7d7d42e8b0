using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.Gateway.Speech;

/// <summary>A spoken text of several sentences at a telephone's level, with pauses between them.</summary>
/// <param name="Pcm">Mono at 16 kHz.</param>
/// <param name="Phones">Every phone in order, pauses as SIL; times from the first sample.</param>
internal sealed record Utterance(short[] Pcm, IReadOnlyList<PhoneSpan> Phones)
{
    /// <summary>Root mean square, dB of full scale: about -26 dBm0 while somebody speaks, and ITU-T P.56 speech a little above it.</summary>
    private const double LevelDb = -23;

    private const double PeakDb = -3;

    /// <summary>Speaks a text, sentence by sentence.</summary>
    /// <param name="synthesizer">Speaks one sentence.</param>
    /// <param name="text">English sentences, each with its mark at the end.</param>
    /// <param name="voice">Whose voice.</param>
    /// <param name="slowness">1 is the voice's own tempo, 0.7 to 1.4.</param>
    /// <param name="pauseSeconds">Silence between sentences, beside what the synthesizer leaves itself.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">The synthesizer failed.</exception>
    public static async Task<Utterance> SpeakAsync(
        ISpeechSynthesizer synthesizer, string text, SpeakerVoice voice, double slowness, double pauseSeconds, CancellationToken cancellationToken)
    {
        var lines = new List<SpokenLine>();
        foreach (string sentence in Sentences(text))
            lines.Add(await synthesizer.SpeakAsync(sentence, voice, slowness, cancellationToken));
        return Join(lines, (int)(pauseSeconds * ShardFormat.SampleRateHz));
    }

    /// <summary>Cuts a text after each full stop, question and exclamation mark and colon.</summary>
    internal static IReadOnlyList<string> Sentences(string text)
    {
        var sentences = new List<string>();
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool ends = i == text.Length - 1 || (text[i] is '.' or '?' or '!' or ':' && char.IsWhiteSpace(text[i + 1]));
            if (!ends)
                continue;
            string sentence = text[start..(i + 1)].Trim();
            if (sentence.Any(char.IsLetterOrDigit))
                sentences.Add(sentence);
            start = i + 1;
        }

        return sentences;
    }

    private static Utterance Join(List<SpokenLine> lines, int pause)
    {
        var phones = new List<PhoneSpan>();
        var pcm = new List<short>();
        double gain = Gain(lines);
        foreach (SpokenLine line in lines)
        {
            if (pcm.Count > 0 && pause > 0)
            {
                phones.Add(new PhoneSpan("SIL", Time(pcm.Count), Time(pcm.Count + pause)));
                pcm.AddRange(new short[pause]);
            }

            TimeSpan shift = Time(pcm.Count);
            phones.AddRange(line.Phones.Select(p => p with { Start = p.Start + shift, End = p.End + shift }));
            foreach (short sample in line.Pcm.Span)
                pcm.Add((short)Math.Round(gain * sample));
        }

        return new Utterance([.. pcm], phones);
    }

    private static TimeSpan Time(int samples) => TimeSpan.FromSeconds((double)samples / ShardFormat.SampleRateHz);

    private static double Gain(List<SpokenLine> lines)
    {
        double sum = 0, peak = 1, count = 1;
        foreach (SpokenLine line in lines)
        {
            foreach (short sample in line.Pcm.Span)
            {
                sum += (double)sample * sample;
                peak = Math.Max(peak, Math.Abs((double)sample));
                count++;
            }
        }

        double rms = Math.Max(1, Math.Sqrt(sum / count));
        return Math.Min(32768 * Math.Pow(10, LevelDb / 20) / rms, 32767 * Math.Pow(10, PeakDb / 20) / peak);
    }
}
