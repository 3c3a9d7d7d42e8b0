using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;

namespace Avatar2D.Gateway.Speech;

/// <summary>
/// Speech of the program <c>flite</c>, one process a sentence. It prints the end of each phone; against the wave form (hiss of S and
/// SH) these times are right within 5 ms for the voices listed here, and not for its others.
/// </summary>
/// <remarks>
/// Another length of the vocal tract is the wave form played at another rate; the voice speaks slower or faster by as much, so that
/// the tempo stays.
/// </remarks>
internal sealed class FliteSynthesizer : ISpeechSynthesizer
{
    private const string Install = "apt-get install -y --no-install-recommends flite";

    /// <summary>kal16 ends 0.12 s before its last silence does; more than this is a voice whose times are wrong.</summary>
    private const double LargestEndErrorSeconds = 0.2;

    private static readonly SynthesizerVoice[] Exact = [new("slt", true), new("rms", false), new("awb", false), new("kal16", false)];

    private readonly string _program;

    private FliteSynthesizer(string program, IReadOnlyList<SynthesizerVoice> voices) => (_program, Voices) = (program, voices);

    /// <inheritdoc/>
    public IReadOnlyList<SynthesizerVoice> Voices { get; }

    /// <summary>Finds the program and its voices.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="SynthesizerMissingException">It is not there, or has no voice for women or none for men.</exception>
    public static async Task<FliteSynthesizer> FindAsync(string program, CancellationToken cancellationToken)
    {
        string list;
        try
        {
            list = await RunAsync(program, ["-lv"], cancellationToken);
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidDataException)
        {
            throw new SynthesizerMissingException($"the speech synthesizer flite is missing ({failure.Message}). To install: {Install}");
        }

        string[] names = list.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        SynthesizerVoice[] voices = [.. Exact.Where(v => names.Contains(v.Name))];
        return voices.Any(v => v.IsHigh) && voices.Any(v => !v.IsHigh)
            ? new FliteSynthesizer(program, voices)
            : throw new SynthesizerMissingException(
                $"{program} has none of the voices {string.Join(", ", Exact.Select(v => v.Name))} that are needed. To install: {Install}");
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">flite failed or gave times that do not fit its sound.</exception>
    public async Task<SpokenLine> SpeakAsync(string text, SpeakerVoice voice, double slowness, CancellationToken cancellationToken)
    {
        string file = Path.Combine(Path.GetTempPath(), $"avatar2d-{Guid.NewGuid():N}.wav");
        double rate = voice.PitchPercent / 100.0;
        try
        {
            string stretch = (slowness * rate).ToString("0.####", CultureInfo.InvariantCulture);
            string phones = await RunAsync(
                _program, ["-voice", voice.Name, "--setf", $"duration_stretch={stretch}", "-t", text, "-o", file, "-psdur"], cancellationToken);
            PcmClip spoken = WavFile.Read(file);
            var played = new PcmClip(spoken.SampleRateHz * voice.PitchPercent / 100, spoken.Samples);
            return new SpokenLine(played.At(ShardFormat.SampleRateHz).Samples, Phones(phones, spoken.Duration.TotalSeconds, rate));
        }
        catch (CodecException bad)
        {
            throw new InvalidDataException($"flite gave no sound for '{text}': {bad.Message}", bad);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Reads "pau:0.159 sh:0.296 ...", each with its end in seconds.</summary>
    /// <param name="text">What was printed.</param>
    /// <param name="length">Of the wave form, seconds.</param>
    /// <param name="rate">How many times as fast it is played.</param>
    /// <exception cref="InvalidDataException">It is something else, or does not fit the length.</exception>
    internal static IReadOnlyList<PhoneSpan> Phones(string text, double length, double rate)
    {
        var phones = new List<PhoneSpan>();
        double start = 0;
        double last = 0;
        foreach (string word in text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = word.LastIndexOf(':');
            if (colon < 1 || !double.TryParse(word.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out last) || last < start)
                throw new InvalidDataException($"flite printed '{word}' where a phone and its end in seconds were expected");
            double end = Math.Min(last, length);
            phones.Add(new PhoneSpan(Arpabet(word[..colon]), TimeSpan.FromSeconds(Math.Min(start, end) / rate), TimeSpan.FromSeconds(end / rate)));
            start = last;
        }

        return phones.Count > 0 && Math.Abs(last - length) <= LargestEndErrorSeconds
            ? phones
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"flite printed phones until {last:0.###} s for a sound of {length:0.###} s"));
    }

    private static string Arpabet(string phone) => phone switch
    {
        "pau" or "h#" or "brth" => "SIL",
        "hv" => "HH",
        "nx" => "N",
        _ => phone.ToUpperInvariant(),
    };

    private static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidDataException($"{program} did not start");
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output
                : throw new InvalidDataException($"{program} failed with {process.ExitCode}: {(await errors).ReplaceLineEndings(" ").Trim()}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
