using System.CommandLine;
using System.Net;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// <c>bench</c>: N complete calls at once on this machine, SIP and RTP over loopback, speech in and pictures out; the phones run
/// in the same process and take their small part of the cores.
/// </summary>
internal sealed class BenchVerb : IVerb
{
    private const int MaxCalls = 1000;

    /// <summary>So long the calls may take to get their pictures.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Of a long measurement, before memory is looked at: every picture of the loop has been shown, and all code compiled.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        Option<string?> config = Settings.ConfigOption();
        var calls = new Option<string>("--calls") { Description = "Calls at once", HelpName = "N", DefaultValueFactory = _ => "4" };
        var seconds = new Option<string>("--seconds") { Description = "Length of the measurement", HelpName = "S", DefaultValueFactory = _ => "10" };
        var size = new Option<string?>("--size") { Description = "Picture size (default: the settings')", HelpName = "WxH" };
        var fps = new Option<string?>("--fps") { Description = "Frame rate (default: the settings')", HelpName = "F" };
        Option<string> codec = PhoneOptions.Codec();
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("bench", "N complete calls at once: frames on time, core time per frame.") { config, calls, seconds, size, fps, codec, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            int count = PhoneOptions.WholeNumber("--calls", parsed.GetValue(calls)!, 1, MaxCalls); // Has a default, as the two below.
            GatewayOptions options = ForBench(Settings.Load(parsed, config), count, parsed.GetValue(size), parsed.GetValue(fps));
            TimeSpan length = PhoneOptions.SecondsOf(parsed.GetValue(seconds))!.Value;
            AudioCodecChoice choice = PhoneOptions.CodecOf(parsed.GetValue(codec)!);
            BenchReport report = await RunAsync(options, count, length, choice, error, cancellationToken);
            await ReportWriter.WriteAsync(output, report, parsed.GetValue(json));
            return report.Failed == 0 ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static GatewayOptions ForBench(GatewayOptions options, int calls, string? size, string? fps)
    {
        (int width, int height) = size is null ? (options.Video.Width, options.Video.Height) : PhoneOptions.SizeOf(size);
        int rate = fps is null ? options.Video.FramesPerSecond : PhoneOptions.WholeNumber("--fps", fps, 5, 30);
        return Settings.Checked(options with
        {
            Sip = options.Sip with { Listen = ["udp:127.0.0.1:0"], AdvertisedAddress = "", AdvertisedPort = 0 },
            Rtp = options.Rtp with { BindAddresses = ["127.0.0.1"], AdvertisedAddress = "" },
            Video = options.Video with { Enabled = true, Width = width, Height = height, FramesPerSecond = rate },
            Audio = options.Audio with { ReturnMode = AudioReturnMode.Echo },
            Calls = options.Calls with { DrainSeconds = 0, MaxCalls = calls },
            Cdr = options.Cdr with { Enabled = false },
        });
    }

    private static async Task<BenchReport> RunAsync(
        GatewayOptions options, int count, TimeSpan length, AudioCodecChoice codec, TextWriter progress, CancellationToken cancellationToken)
    {
        NeededLibraries.Require(options);
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .AddProvider(new ProgressLog(progress)).AddFilter("Avatar2D.Gateway", LogLevel.Warning).AddFilter("Avatar2D.Sip", LogLevel.Warning));
        using AvatarCatalog avatars = AvatarCatalog.From(options.Avatar, options.Engine, loggers);
        await using var gateway = new GatewayHost(options, avatars, TimeProvider.System, loggers);
        await gateway.StartAsync(cancellationToken);
        string speech = InstallationFiles.Find("assets/speech.wav") ?? throw new UsageException("assets/speech.wav is missing: it belongs to the installation");
        IPEndPoint sip = gateway.SipEndPoints[0];
        await progress.WriteLineAsync($"{count} calls of {options.Video.Width}x{options.Video.Height} at {options.Video.FramesPerSecond} for {length.TotalSeconds:0} s ...");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<(CallReport, double?)>[] phones = [.. Enumerable.Range(0, count).Select(_ => PhoneAsync(sip, speech, codec, end.Token))];
        bool complete = await PicturesUpAsync(gateway, count, cancellationToken);
        TimeSpan warmUp = length > 5 * WarmUp ? WarmUp : TimeSpan.Zero;
        if (complete)
            await Task.Delay(warmUp, TimeProvider.System, cancellationToken);
        MemoryFigures before = MemoryFigures.Now();
        if (complete)
            await Task.Delay(length - warmUp, TimeProvider.System, cancellationToken);
        MemoryFigures after = MemoryFigures.Now();
        CallSession[] calls = [.. gateway.Calls.Calls];
        CallFigures[] figures = [.. calls.Select(call => call.Figures)];
        VideoTimes[] times = [.. calls.Select(call => call.PictureTimes).OfType<VideoTimes>()];
        await end.CancelAsync();
        (CallReport Report, double? Drift)[] ended = await Task.WhenAll(phones);
        return Sum(options, count, [.. ended.Select(one => one.Report)], figures, times) with
        {
            ResidentMb = [before.ResidentMb, after.ResidentMb],
            HeapMb = [before.HeapMb, after.HeapMb],
            AvSkewDriftMs = ended.Select(one => one.Drift).OfType<double>().Cast<double?>().MaxBy(drift => Math.Abs(drift!.Value)), // No null is left.
        };
    }

    private static async Task<(CallReport Report, double? Drift)> PhoneAsync(
        IPEndPoint sip, string speech, AudioCodecChoice codec, CancellationToken cancellationToken)
    {
        var options = new TestPhoneOptions { Codec = codec, SpeechPath = speech, RepeatSpeech = true, Duration = TimeSpan.FromHours(24) };
        await using var phone = new TestPhone(options, TimeProvider.System, NullLoggerFactory.Instance);
        CallReport report = await phone.CallAsync(PhoneOptions.TargetOf($"sip:avatar@{sip}"), cancellationToken);
        return (report, phone.SkewDriftMs);
    }

    private static async Task<bool> PicturesUpAsync(GatewayHost gateway, int count, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        try
        {
            while (gateway.Calls.Calls.Count(call => call.Picture == PicturePhase.Up) < count)
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, bound.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static BenchReport Sum(GatewayOptions options, int count, CallReport[] reports, CallFigures[] figures, VideoTimes[] times)
    {
        long[] lateness = VideoTimes.NewSum();
        long[] completion = VideoTimes.NewSum();
        foreach (VideoTimes one in times)
        {
            one.AddLatenessTo(lateness);
            one.AddCompletionTo(completion);
        }

        double heldBack = options.Engine.DelayMs + figures.Select(call => call.JitterDelay).OfType<TimeSpan>().Select(delay => delay.TotalMilliseconds)
            .DefaultIfEmpty(0).Average();
        long sent = figures.Sum(call => call.Pictures.FramesSent);
        double[] rates = [.. reports.Select(report => report.Fps).OfType<double>()];
        return new BenchReport
        {
            Calls = count,
            Failed = count - reports.Count(report => report.SipStatus == 200 && report.FramesReceived > 0),
            Size = $"{options.Video.Width}x{options.Video.Height}",
            FramesPerSecond = options.Video.FramesPerSecond,
            FpsMin = rates.Length == 0 ? null : rates.Min(),
            FpsMean = rates.Length == 0 ? null : rates.Average(),
            FramesSent = sent,
            LateFrames = figures.Sum(call => call.Pictures.FramesLate),
            DroppedFrames = figures.Sum(call => call.Pictures.FramesDropped),
            LatenessMsP99 = VideoTimes.Percentile(lateness, 0.99),
            DelayMsP50 = heldBack + VideoTimes.Percentile(completion, 0.5),
            DelayMsP95 = heldBack + VideoTimes.Percentile(completion, 0.95),
            ResidentMb = [],
            HeapMb = [],
            AvSkewMsP50 = reports.Select(report => report.AvSkewMsP50).MaxBy(skew => Math.Abs(skew ?? 0)),
            CorePerFrameMs = new Dictionary<string, double>
            {
                ["draw"] = PerFrame(times.Sum(one => one.DrawMs), sent),
                ["encode"] = PerFrame(times.Sum(one => one.EncodeMs), sent),
                ["send"] = PerFrame(times.Sum(one => one.SendMs), sent),
            },
        };
    }

    private static double PerFrame(double ms, long frames) => frames == 0 ? 0 : ms / frames;
}
