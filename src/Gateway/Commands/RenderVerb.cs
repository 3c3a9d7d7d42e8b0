using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Offline;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Speech;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>render</c>: an avatar speaks a recording, a text or what a person in a video says into an MP4 file (TR 26.813 §6.3.3, offline).</summary>
/// <param name="synthesizer">The program that speaks texts.</param>
internal sealed class RenderVerb(string synthesizer = "flite") : IVerb
{
    private const int LeastFps = 5, MostFps = 60;

    private const string DefaultVoice = "slt";

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        Option<string?> config = Settings.ConfigOption();
        var avatar = new Option<string?>("--avatar") { Description = "Who speaks (default: Avatar:Default)", HelpName = "NAME" };
        var audio = new Option<string?>("--audio") { Description = "What is said: any file with sound", HelpName = "FILE" };
        var words = new Option<string?>("--text") { Description = "What is said: English sentences, spoken by flite", HelpName = "TEXT" };
        var video = new Option<string?>("--video") { Description = "A film of a person who says it: mouth and sound are taken", HelpName = "FILE" };
        var voice = new Option<string?>("--voice") { Description = $"Voice of --text (default: {DefaultVoice})", HelpName = "NAME" };
        var film = new Option<string?>("--out") { Description = "The film", HelpName = "FILE.mp4" };
        var size = new Option<string?>("--size") { Description = "Picture size (default: the settings')", HelpName = "WxH" };
        var fps = new Option<int>("--fps") { Description = "Pictures a second", HelpName = "F", DefaultValueFactory = _ => 25 };
        Option<string> codec = PhoneOptions.Choice("--codec", "Coding of the pictures", "h264", "h265");
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("render", "An avatar speaks a recording, a text, or what a person in a video says into an MP4 file.")
        {
            config, avatar, audio, words, video, voice, film, size, fps, codec, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            GatewayOptions options = Settings.Load(parsed, config);
            (FilmDriver driver, string input) = DriverOf(parsed.GetValue(audio), parsed.GetValue(words), parsed.GetValue(video), parsed.GetValue(voice));
            (int width, int height) = parsed.GetValue(size) is { } text ? PhoneOptions.SizeOf(text) : (options.Video.Width, options.Video.Height);
            var order = new FilmOrder
            {
                Avatar = parsed.GetValue(avatar) ?? options.Avatar.Default,
                Driver = driver,
                Driving = input,
                Output = parsed.GetValue(film) ?? throw new UsageException("render needs --out: the MP4 file to write"),
                Width = width,
                Height = height,
                FramesPerSecond = parsed.GetValue(fps),
                Mark = options.Mark,
                Codec = Enum.Parse<VideoCodec>(parsed.GetValue(codec)!, ignoreCase: true), // Has a default.
            };
            Check(order, options);
            return await RunAsync(order, parsed.GetValue(voice) ?? DefaultVoice, options, parsed.GetValue(json), output, error, cancellationToken);
        });
        return command;
    }

    private static (FilmDriver Driver, string Input) DriverOf(string? audio, string? text, string? video, string? voice)
    {
        (FilmDriver, string?)[] given = [(FilmDriver.Audio, audio), (FilmDriver.Text, text), (FilmDriver.Video, video)];
        if (given.Count(one => one.Item2 is not null) != 1)
            throw new UsageException("render needs --audio, --text or --video, one of them: what is said");
        if (voice is not null && text is null)
            throw new UsageException("--voice belongs to --text");
        if (text is not null && Utterance.Sentences(text).Count == 0)
            throw new UsageException($"--text has no word that could be spoken: '{text}'");
        (FilmDriver driver, string? input) = given.First(one => one.Item2 is not null);
        return (driver, input!); // Looked for just now.
    }

    private static void Check(FilmOrder order, GatewayOptions options)
    {
        var mistakes = new List<string>();
        IReadOnlyList<string> names = AvatarCatalog.NamesIn(options.Avatar);
        if (!names.Contains(order.Avatar, StringComparer.OrdinalIgnoreCase))
            mistakes.Add($"there is no avatar \"{order.Avatar}\"; there are {string.Join(", ", names)}");
        if (order.Driver != FilmDriver.Text && !File.Exists(order.Driving))
            mistakes.Add($"--{order.Driver.ToString().ToLowerInvariant()} {order.Driving}: there is no such file");
        if (!order.Output.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
            mistakes.Add($"--out is a file that ends in .mp4, not '{order.Output}'");
        if (order.FramesPerSecond is < LeastFps or > MostFps)
            mistakes.Add($"--fps is a whole number from {LeastFps} to {MostFps}, not {order.FramesPerSecond}");
        if (mistakes.Count > 0)
            throw new UsageException(mistakes);
        OutputPlace.RequireFile("--out", order.Output);
    }

    private async Task<int> RunAsync(
        FilmOrder order, string voice, GatewayOptions options, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        string spoken = Path.Combine(Path.GetTempPath(), $"avatar2d-{Guid.NewGuid():N}.wav");
        try
        {
            if (order.Driver == FilmDriver.Text)
            {
                await SpeakAsync(order.Driving, voice, spoken, error, cancellationToken);
                order = order with { Driving = spoken };
            }

            RenderReport? report = await MakeAsync(order, options, error, cancellationToken);
            if (report is null)
            {
                await error.WriteLineAsync($"avatar2d: {order.Avatar} cannot speak: no face model could be loaded (settings Engine:Enabled, Engine:Folder, Engine:Model)");
                return ExitCode.Missing;
            }

            await output.WriteLineAsync(json ? JsonSerializer.Serialize(report, RenderJson.Default.RenderReport) : Text(report));
            return ExitCode.Success;
        }
        catch (Exception missing) when (missing is SynthesizerMissingException or ModelException)
        {
            await error.WriteLineAsync($"avatar2d: {missing.Message}");
            return ExitCode.Missing;
        }
        catch (Exception failure) when (failure is CodecException or IOException or UnauthorizedAccessException or InvalidDataException
            or AvatarEngine.Inference.InferenceException)
        {
            await error.WriteLineAsync($"avatar2d: {failure.Message.ReplaceLineEndings(" ")}");
            return ExitCode.Failed;
        }
        finally
        {
            File.Delete(spoken);
        }
    }

    private async Task SpeakAsync(string text, string voice, string path, TextWriter progress, CancellationToken cancellationToken)
    {
        FliteSynthesizer flite = await FliteSynthesizer.FindAsync(synthesizer, cancellationToken);
        if (!flite.Voices.Any(v => v.Name == voice))
            throw new UsageException($"--voice is one of {string.Join(", ", flite.Voices.Select(v => v.Name))}, not '{voice}'");
        await SpokenText.WriteAsync(flite, text, voice, path, (done, all) =>
        {
            if (done % 20 == 0)
                progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {done} of {all} sentences spoken"));
        }, cancellationToken);
    }

    /// <summary>Null when the avatar has no face that a model could move.</summary>
    private static async Task<RenderReport?> MakeAsync(FilmOrder order, GatewayOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .AddProvider(new ProgressLog(error)).SetMinimumLevel(LogLevel.Information));
        using AvatarCatalog avatars = AvatarCatalog.From(options.Avatar, options.Engine, loggers);
        var key = new StageKey(order.Avatar, order.Width, order.Height);
        using StageLease lease = await avatars.Stages.AcquireAsync(key, cancellationToken);
        await avatars.Stages.WhenLoadedAsync(key).WaitAsync(cancellationToken);
        if (lease.Stage.Face is not { } face)
            return null;
        FaceModels? nets = order.Driver == FilmDriver.Video ? FaceNets.Load(options.Engine) : null;
        return FilmMaker.Make(
            order, lease.Stage, face, () => nets!.CreateTracker(), new FilmProgress(error, TimeProvider.System), cancellationToken); // Asked for a video only.
    }

    private static string Text(RenderReport r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Output}: {r.Avatar} speaks for {r.Seconds:0.0} s, {r.Frames} pictures of {r.Size} at {r.FramesPerSecond} in {r.Codec}, driven by {r.Driver}; "
        + $"{r.WorkSeconds:0.0} s of work, {r.CoreSeconds:0.0} s of one core ({r.TimesRealTimePerCore:0.0} times as fast as real time), {r.PeakMemoryMegabytes:0} MB at most");
}
