using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.Codecs.Files;

namespace Avatar2D.Gateway.Speech;

/// <summary>Speaks a text of any length into a WAV file, sentence by sentence: no more than one is in memory.</summary>
internal static class SpokenText
{
    private const double PauseSeconds = 0.3;

    /// <summary>Speaks.</summary>
    /// <param name="synthesizer">Speaks one sentence.</param>
    /// <param name="text">English sentences.</param>
    /// <param name="voice">Whose voice.</param>
    /// <param name="path">WAV file, 16 kHz; replaced.</param>
    /// <param name="spoken">Told after each sentence: so many, of so many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">The synthesizer failed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteAsync(
        ISpeechSynthesizer synthesizer, string text, string voice, string path, Action<int, int> spoken, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> sentences = Utterance.Sentences(text);
        using var writer = new WavWriter(path, ShardFormat.SampleRateHz);
        for (int i = 0; i < sentences.Count; i++)
        {
            Utterance one = await Utterance.SpeakAsync(synthesizer, sentences[i], new SpeakerVoice(voice, 100), slowness: 1, pauseSeconds: 0, cancellationToken);
            if (i > 0)
                writer.Write(new short[(int)(PauseSeconds * ShardFormat.SampleRateHz)]);
            writer.Write(one.Pcm);
            spoken(i + 1, sentences.Count);
        }
    }
}
