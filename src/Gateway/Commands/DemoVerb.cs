using System.CommandLine;
using System.Globalization;
using System.Net;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// <c>demo</c>: the main job by itself: a gateway and a phone that calls it over real SIP and RTP on loopback, speech in,
/// <c>call.mp4</c> out with what the phone saw and heard.
/// </summary>
internal sealed class DemoVerb : IVerb
{
    private const string Speech = "assets/speech.wav";

    /// <summary>Bound on the first picture, measured from the ACK of the re-INVITE.</summary>
    private const double FirstPictureMs = 500;

    /// <summary>Two lossy codings away from the speech, G.711 still has far more than this.</summary>
    private const double SoundBound = 0.9;

    /// <summary>Opus keeps what is heard, not the wave form.</summary>
    private const double OpusSoundBound = 0.7;

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        Option<string?> config = Settings.ConfigOption();
        Option<string> codec = PhoneOptions.Codec();
        Option<string> video = PhoneOptions.Choice("--video", "Video codec", "h264", "h265");
        var size = new Option<string?>("--size") { Description = "Picture size (default: the settings')", HelpName = "WxH" };
        var folder = new Option<string>("--out") { Description = "Folder", HelpName = "DIR", DefaultValueFactory = _ => "out/demo" };
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("demo", "A whole call on this machine: speech in, out/demo/call.mp4 out.") { config, codec, video, size, folder, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(folder)!; // Has a default, as the two below.
            GatewayOptions options = ForDemo(Settings.Load(parsed, config), parsed.GetValue(video)!, parsed.GetValue(size), path);
            AudioCodecChoice choice = PhoneOptions.CodecOf(parsed.GetValue(codec)!);
            DemoReport report = await RunAsync(options, choice, path, error, cancellationToken);
            await ReportWriter.WriteAsync(output, report, parsed.GetValue(json));
            return report.Passed ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static GatewayOptions ForDemo(GatewayOptions options, string video, string? size, string folder)
    {
        (int width, int height) = size is null ? (options.Video.Width, options.Video.Height) : PhoneOptions.SizeOf(size);
        GatewayOptions demo = options with
        {
            Sip = options.Sip with { Listen = ["udp:127.0.0.1:0"], AdvertisedAddress = "", AdvertisedPort = 0 },
            Rtp = options.Rtp with { BindAddresses = ["127.0.0.1"], AdvertisedAddress = "" },
            Video = options.Video with { Enabled = true, Codecs = [Enum.Parse<VideoCodecChoice>(video, ignoreCase: true)], Width = width, Height = height },
            Audio = options.Audio with { ReturnMode = AudioReturnMode.Echo },
            Calls = options.Calls with { DrainSeconds = 0 },
            Cdr = options.Cdr with { Path = Path.Combine(folder, "cdr.jsonl") },
        };
        return Settings.Checked(demo);
    }

    private static async Task<DemoReport> RunAsync(
        GatewayOptions options, AudioCodecChoice codec, string folder, TextWriter progress, CancellationToken cancellationToken)
    {
        string speech = InstallationFiles.Find(Speech)
            ?? throw new UsageException($"{Speech} is missing: it belongs to the installation");
        OutputPlace.RequireFolder("--out", folder);
        NeededLibraries.Require(options);
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .AddProvider(new ProgressLog(progress)).SetMinimumLevel(LogLevel.Information));
        using AvatarCatalog avatars = AvatarCatalog.From(options.Avatar, options.Engine, loggers);
        await using var gateway = new GatewayHost(options, avatars, TimeProvider.System, loggers);
        await gateway.StartAsync(cancellationToken);
        IPEndPoint sip = gateway.SipEndPoints[0];
        await progress.WriteLineAsync($"The phone calls sip:avatar@{sip} and speaks {Speech} ...");
        await using var phone = new TestPhone(
            new TestPhoneOptions
            {
                Codec = codec,
                SpeechPath = speech,
                SpeechDelay = TimeSpan.FromSeconds(0.6),
                RecordingPath = Path.Combine(folder, "call.mp4"),
                KeepWire = true,
            },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        CallReport call = await phone.CallAsync(PhoneOptions.TargetOf($"sip:avatar@{sip}"), cancellationToken);
        await gateway.StopAsync(cancellationToken);
        SoundMatch? sound = phone.Heard is { } heard ? SoundMatch.Of(WavFile.Read(speech), heard) : null;
        return new DemoReport(call, sound?.Correlation, sound?.Delay.TotalMilliseconds, Checks(call, sound, options, codec));
    }

    private static List<DemoCheck> Checks(CallReport call, SoundMatch? sound, GatewayOptions options, AudioCodecChoice codec)
    {
        double soundBound = codec == AudioCodecChoice.Opus ? OpusSoundBound : SoundBound;
        return
        [
            new("the call was answered", $"SIP {call.SipStatus}", "SIP 200", call.SipStatus == 200),
            new("first picture", Text(call.FirstIdrMs, "ms"), $"<= {FirstPictureMs} ms after the ACK", call.FirstIdrMs <= FirstPictureMs),
            new("frame rate", Text(call.Fps, "fps"), $"{options.Video.FramesPerSecond} fps", call.Fps > options.Video.FramesPerSecond - 1),
            new("sound", Text(sound?.Correlation, ""), $">= {soundBound:0.##}", sound?.Correlation >= soundBound),
            new("recording", call.Recording ?? "none", "a file", call.Recording is not null),
        ];
    }

    private static string Text(double? value, string unit) =>
        value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {unit}").TrimEnd() : "none";
}
