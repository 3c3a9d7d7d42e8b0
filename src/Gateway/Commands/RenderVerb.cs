using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Offline;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>render</c>: an avatar speaks a recording into an MP4 file (TR 26.813 §6.3.3, offline).</summary>
internal sealed class RenderVerb : IVerb
{
    private const int LeastFps = 5, MostFps = 60;

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        Option<string?> config = Settings.ConfigOption();
        var avatar = new Option<string?>("--avatar") { Description = "Who speaks (default: Avatar:Default)", HelpName = "NAME" };
        var audio = new Option<string?>("--audio") { Description = "What is said: any file with sound", HelpName = "FILE" };
        var film = new Option<string?>("--out") { Description = "The film", HelpName = "FILE.mp4" };
        var size = new Option<string?>("--size") { Description = "Picture size (default: the settings')", HelpName = "WxH" };
        var fps = new Option<int>("--fps") { Description = "Pictures a second", HelpName = "F", DefaultValueFactory = _ => 25 };
        Option<string> codec = PhoneOptions.Choice("--codec", "Coding of the pictures", "h264", "h265");
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("render", "An avatar speaks a recording into an MP4 file.") { config, avatar, audio, film, size, fps, codec, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            GatewayOptions options = Settings.Load(parsed, config);
            string input = parsed.GetValue(audio) ?? throw new UsageException("render needs --audio: what is said");
            (int width, int height) = parsed.GetValue(size) is { } text ? PhoneOptions.SizeOf(text) : (options.Video.Width, options.Video.Height);
            var order = new FilmOrder
            {
                Avatar = parsed.GetValue(avatar) ?? options.Avatar.Default,
                Audio = input,
                Output = parsed.GetValue(film) ?? throw new UsageException("render needs --out: the MP4 file to write"),
                Width = width,
                Height = height,
                FramesPerSecond = parsed.GetValue(fps),
                Mark = options.Mark,
                Codec = Enum.Parse<VideoCodec>(parsed.GetValue(codec)!, ignoreCase: true), // Has a default.
            };
            Check(order, options);
            return await RunAsync(order, options, parsed.GetValue(json), output, error, cancellationToken);
        });
        return command;
    }

    private static void Check(FilmOrder order, GatewayOptions options)
    {
        var mistakes = new List<string>();
        IReadOnlyList<string> names = AvatarCatalog.NamesIn(options.Avatar);
        if (!names.Contains(order.Avatar, StringComparer.OrdinalIgnoreCase))
            mistakes.Add($"there is no avatar \"{order.Avatar}\"; there are {string.Join(", ", names)}");
        if (!File.Exists(order.Audio))
            mistakes.Add($"--audio {order.Audio}: there is no such file");
        if (!order.Output.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
            mistakes.Add($"--out is a file that ends in .mp4, not '{order.Output}'");
        if (order.FramesPerSecond is < LeastFps or > MostFps)
            mistakes.Add($"--fps is a whole number from {LeastFps} to {MostFps}, not {order.FramesPerSecond}");
        if (mistakes.Count > 0)
            throw new UsageException(mistakes);
        OutputPlace.RequireFile("--out", order.Output);
    }

    private static async Task<int> RunAsync(
        FilmOrder order, GatewayOptions options, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .AddProvider(new ProgressLog(error)).SetMinimumLevel(LogLevel.Information));
        using AvatarCatalog avatars = AvatarCatalog.From(options.Avatar, options.Engine, loggers);
        try
        {
            var key = new StageKey(order.Avatar, order.Width, order.Height);
            using StageLease lease = await avatars.Stages.AcquireAsync(key, cancellationToken);
            await avatars.Stages.WhenLoadedAsync(key).WaitAsync(cancellationToken);
            if (lease.Stage.Face is not { } face)
            {
                await error.WriteLineAsync($"avatar2d: {order.Avatar} cannot speak: no face model could be loaded (settings Engine:Enabled, Engine:Folder, Engine:Model)");
                return ExitCode.Missing;
            }

            RenderReport report = FilmMaker.Make(order, lease.Stage, face, new FilmProgress(error, TimeProvider.System), cancellationToken);
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(report, RenderJson.Default.RenderReport) : Text(report));
            return ExitCode.Success;
        }
        catch (Exception failure) when (failure is CodecException or IOException or UnauthorizedAccessException or InvalidDataException
            or AvatarEngine.Inference.InferenceException)
        {
            await error.WriteLineAsync($"avatar2d: {failure.Message.ReplaceLineEndings(" ")}");
            return ExitCode.Failed;
        }
    }

    private static string Text(RenderReport r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Output}: {r.Avatar} speaks for {r.Seconds:0.0} s, {r.Frames} pictures of {r.Size} at {r.FramesPerSecond} in {r.Codec}, driven by {r.Driver}; "
        + $"{r.WorkSeconds:0.0} s of work, {r.CoreSeconds:0.0} s of one core ({r.TimesRealTimePerCore:0.0} times as fast as real time), {r.PeakMemoryMegabytes:0} MB at most");
}
