using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

/// <summary>Speaks every text as "M AA M AA" of 0.6 s: nothing in M, a tone in AA.</summary>
internal sealed class ToneSynthesizer : ISpeechSynthesizer
{
    private static readonly string[] Phones = ["SIL", "M", "AA", "M", "AA", "SIL"];

    public IReadOnlyList<SynthesizerVoice> Voices { get; } = [new("high", true), new("low", false)];

    public int Spoken { get; private set; }

    public Task<SpokenLine> SpeakAsync(string text, SpeakerVoice voice, double slowness, CancellationToken cancellationToken)
    {
        Spoken++;
        const int PhoneSamples = 1600;
        short[] pcm = new short[Phones.Length * PhoneSamples];
        var spans = new List<PhoneSpan>();
        for (int i = 0; i < Phones.Length; i++)
        {
            spans.Add(new PhoneSpan(Phones[i], TimeSpan.FromSeconds(0.1 * i), TimeSpan.FromSeconds(0.1 * (i + 1))));
            for (int k = 0; Phones[i] == "AA" && k < PhoneSamples; k++)
                pcm[(i * PhoneSamples) + k] = (short)(8000 * Math.Sin(0.05 * voice.PitchPercent / 100 * k));
        }

        return Task.FromResult(new SpokenLine(pcm, spans));
    }
}
