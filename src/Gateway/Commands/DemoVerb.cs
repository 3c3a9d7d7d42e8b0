using System.CommandLine;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// <c>demo</c>: the main job by itself: a gateway and a phone that calls it over real SIP and RTP on loopback, speech in,
/// <c>call.mp4</c> out with what the phone saw and heard.
/// </summary>
internal sealed class DemoVerb : IVerb
{
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
            OutputPlace.RequireFolder("--out", path);
            NeededLibraries.Require(options);
            DemoReport report = await new DemoRun(options, choice, path, error).RunAsync(cancellationToken);
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
}
