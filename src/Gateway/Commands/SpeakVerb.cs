using System.CommandLine;
using System.Globalization;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Speech;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>speak</c>: a synthetic voice says a text into a WAV file; a JSON file beside it tells when each phone is heard.</summary>
internal sealed class SpeakVerb(string synthesizer = "flite") : IVerb
{
    private const double LongestPause = 10;

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var text = new Option<string?>("--text") { Description = "English sentences", HelpName = "TEXT" };
        var wav = new Option<string?>("--out") { Description = "WAV file; the phones go to the same name with .json", HelpName = "FILE.wav" };
        var voice = new Option<string>("--voice") { Description = "Voice of flite", HelpName = "NAME", DefaultValueFactory = _ => "slt" };
        var slowness = new Option<double>("--slowness")
        {
            Description = "Length against the voice's own, 0.7 to 1.4", HelpName = "F", DefaultValueFactory = _ => 1,
        };
        var pause = new Option<double>("--pause")
        {
            Description = "Seconds of silence between sentences", HelpName = "S", DefaultValueFactory = _ => 0.3,
        };
        var command = new Command("speak", "A synthetic voice says a text: WAV, and the exact times of its phones.") { text, wav, voice, slowness, pause };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.UnmatchedTokens.Count > 0)
                throw new UsageException($"{parsed.UnmatchedTokens[0]} is no option of speak");
            string words = parsed.GetValue(text) ?? throw new UsageException("speak needs --text: what to say");
            if (Utterance.Sentences(words).Count == 0)
                throw new UsageException($"--text has no word that could be spoken: '{words}'");
            string path = parsed.GetValue(wav) ?? throw new UsageException("speak needs --out: the WAV file to write");
            if (!path.EndsWith(".wav", StringComparison.OrdinalIgnoreCase))
                throw new UsageException($"--out is a file that ends in .wav, not '{path}'");
            double slow = parsed.GetValue(slowness);
            if (!(slow is >= 0.7 and <= 1.4))
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--slowness is from 0.7 to 1.4, not {slow}"));
            double quiet = parsed.GetValue(pause);
            if (!(quiet is >= 0 and <= LongestPause))
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--pause is from 0 to {LongestPause} seconds, not {quiet}"));
            OutputPlace.RequireFile("--out", path);
            return await RunAsync(words, path, parsed.GetValue(voice)!, slow, quiet, output, error, cancellationToken); // The voice has a default.
        });
        return command;
    }

    private async Task<int> RunAsync(
        string text, string path, string voice, double slowness, double pause, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            FliteSynthesizer flite = await FliteSynthesizer.FindAsync(synthesizer, cancellationToken);
            if (!flite.Voices.Any(v => v.Name == voice))
                throw new UsageException($"--voice is one of {string.Join(", ", flite.Voices.Select(v => v.Name))}, not '{voice}'");
            Utterance spoken = await Utterance.SpeakAsync(flite, text, new SpeakerVoice(voice, 100), slowness, pause, cancellationToken);
            WavFile.Write(path, ShardFormat.SampleRateHz, spoken.Pcm);
            PhoneTable.Of(text, voice, spoken.Phones).Write(PhoneTable.PathFor(path));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {(double)spoken.Pcm.Length / ShardFormat.SampleRateHz:0.00} s, {spoken.Phones.Count} phones in {PhoneTable.PathFor(path)}"));
            return ExitCode.Success;
        }
        catch (SynthesizerMissingException missing)
        {
            await error.WriteLineAsync($"avatar2d: {missing.Message}");
            return ExitCode.Missing;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync($"avatar2d: {failure.Message}");
            return ExitCode.Failed;
        }
    }
}
