using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Speech;
using Avatar2D.Gateway.Tests.Commands;

namespace Avatar2D.Gateway.Tests.Speech;

public sealed class SpeechTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-speech-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Hello there. How are you?", "Hello there.|How are you?")]
    [InlineData("Tell me: 3.5 or 4", "Tell me:|3.5 or 4")]
    [InlineData("  One!  ", "One!")]
    [InlineData("... ?", "")]
    public void Sentences_OfAText_AreCutAtTheirMarks(string text, string sentences) =>
        Assert.Equal(sentences, string.Join('|', Utterance.Sentences(text)));

    [Fact]
    public async Task SpeakAsync_TwoSentences_KeepsPhonesInTheirPlaces()
    {
        Utterance spoken = await Utterance.SpeakAsync(
            new Beeper(), "Go. Go on.", new SpeakerVoice("beep", 100), 1, 0.25, TestContext.Current.CancellationToken);
        Assert.Equal(["AA", "SIL", "AA"], spoken.Phones.Select(p => p.Phone));
        Assert.Equal([0, 0.5, 0.75], spoken.Phones.Select(p => p.Start.TotalSeconds));
        Assert.Equal(20_000, spoken.Pcm.Length);
        Assert.All(spoken.Pcm[8000..12000], sample => Assert.Equal(0, sample));
        double level = 10 * Math.Log10(spoken.Pcm.Where(s => s != 0).Average(s => (double)s * s) / (32768.0 * 32768));
        Assert.InRange(level, -23.5, -22.5);
    }

    [Fact]
    public async Task Speak_ThenRead_GivesTheSameTable()
    {
        string wav = Path.Combine(_folder, "a.wav");
        CommandRun run = await CommandRun.OfAsync("speak", "--text", "Pip map.", "--out", wav);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        PhoneTable table = PhoneTable.Read(PhoneTable.PathFor(wav));
        Assert.Equal("P IH P M AE P", string.Join(' ', table.Phones.Select(p => p.Phone).Where(p => !PhoneTable.IsSilence(p))));
        PcmClip sound = WavFile.Read(wav);
        Assert.Equal(sound.Duration.TotalSeconds, table.Phones[^1].End, 0.13);
        Assert.Equal(table.Phones.Count, table.Spans.Count);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"text":"a","voice":"b","phones":[]}""")]
    [InlineData("""{"text":"a","voice":"b","phones":[null]}""")]
    [InlineData("""{"text":"a","voice":"b","phones":[{"phone":"M","start":1,"end":0.5}]}""")]
    [InlineData("""{"text":"a","voice":"b","phones":[{"phone":"M","start":1,"end":2},{"phone":"M","start":0,"end":3}]}""")]
    public void Read_DamagedTable_IsRefused(string text)
    {
        string path = Path.Combine(_folder, "bad.json");
        File.WriteAllText(path, text);
        Assert.Throws<InvalidDataException>(() => PhoneTable.Read(path));
    }

    [Theory]
    [InlineData("speech.wav", 10)]
    [InlineData("other-speech.wav", 0)]
    public void Assets_SpeechAndItsPhones_BelongTogether(string name, int closures)
    {
        string path = InstallationFiles.Find("assets/" + name)!;
        PcmClip sound = WavFile.Read(path);
        PhoneTable table = PhoneTable.Read(PhoneTable.PathFor(path));
        Assert.Equal(sound.Duration.TotalSeconds, table.Phones[^1].End, 0.01);
        Assert.True(table.Phones.Count(p => p.Phone is "M" or "B" or "P") >= closures);

        // Loud in vowels, quiet in pauses: the times are those of this sound.
        double vowels = table.Spans.Where(p => p.Phone is "AA" or "AE" or "EY" or "AY" or "IY").Select(p => Level(sound, p)).Min();
        double pauses = table.Spans.Where(p => p.Phone == "SIL" && (p.End - p.Start).TotalSeconds > 0.1).Select(p => Level(sound, p)).Max();
        Assert.True(vowels > pauses + 6, $"vowels {vowels:0.0} dB, pauses {pauses:0.0} dB");
    }

    /// <summary>Level of the middle half of a phone, dB.</summary>
    private static double Level(PcmClip sound, PhoneSpan phone)
    {
        double length = (phone.End - phone.Start).TotalSeconds;
        int from = (int)((phone.Start.TotalSeconds + (length / 4)) * sound.SampleRateHz);
        double sum = 0;
        int count = Math.Max(1, (int)(length / 2 * sound.SampleRateHz));
        foreach (short s in sound.Samples.Span.Slice(from, Math.Min(count, sound.Samples.Length - from)))
            sum += (double)s * s;
        return 10 * Math.Log10(Math.Max(1, sum / count));
    }

    /// <summary>Half a second of tone for every sentence.</summary>
    private sealed class Beeper : ISpeechSynthesizer
    {
        public IReadOnlyList<SynthesizerVoice> Voices { get; } = [];

        public Task<SpokenLine> SpeakAsync(string text, SpeakerVoice voice, double slowness, CancellationToken cancellationToken) => Task.FromResult(
            new SpokenLine(
                Enumerable.Range(0, 8000).Select(i => (short)(500 * Math.Sin((i + 0.5) * 0.3))).ToArray(),
                [new PhoneSpan("AA", TimeSpan.Zero, TimeSpan.FromSeconds(0.5))]));
    }
}
