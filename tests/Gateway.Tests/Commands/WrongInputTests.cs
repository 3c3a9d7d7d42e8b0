using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Gateway.Tests.Commands;

/// <summary>Wrong input to any verb: one clear line and exit code 2.</summary>
public sealed class WrongInputTests : IDisposable
{
    private const string Target = "sip:a@127.0.0.1:9";
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-wrong-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> Lines => new()
    {
        // Verbs and options.
        { "", "verbs: serve, demo, call, bench" },
        { "fly", "'fly' is no verb (verbs: serve, demo, call, bench" },
        { "fly --high", "'fly' is no verb" },
        { "serve --fast", "--fast is not an option" },
        { "serve --lisen udp:127.0.0.1:5060", "--lisen is not an option; did you mean --listen?" },
        { "serve now", "now is not an option" },
        { "demo --sise 64x64", "--sise is not an option" },
        { "demo now", "now is not an option" },
        { "demo --codec", "--codec" },
        { $"call {Target} --fast", "--fast is no option of call" },
        { $"call {Target} sip:b@127.0.0.1", "sip:b@127.0.0.1 is no option of call" },
        { $"call {Target} --from nobody", "--from is sip:USER@HOST or tel:+NUMBER, not 'nobody'" },
        { $"call {Target} --asserted http://example.com", "--asserted is sip:USER@HOST or tel:+NUMBER, not 'http://example.com'" },
        { "gallery --fast", "--fast is no option of gallery" },
        { "gallery now", "now is no option of gallery" },
        { "gallery --out", "--out" },
        { "render", "render needs --audio, --text or --video" },
        { "render --audio FOLDER/text --text Hello --out FOLDER/a.mp4", "one of them" },
        { "render --text ... --out FOLDER/a.mp4", "--text has no word that could be spoken" },
        { "render --text Hello --voice nobody --out FOLDER/a.mp4", "--voice is one of" },
        { "render --audio FOLDER/text --voice slt --out FOLDER/a.mp4", "--voice belongs to --text" },
        { "render --video FOLDER/none.mp4 --out FOLDER/a.mp4", "--video FOLDER/none.mp4: there is no such file" },
        { "render --audio FOLDER/text", "render needs --out" },
        { "render --audio FOLDER/none.wav --out FOLDER/a.mp4", "there is no such file" },
        { "render --audio FOLDER/text --out FOLDER/a.avi", "--out is a file that ends in .mp4" },
        { "render --audio FOLDER/text --out FOLDER/text/a.mp4", "--out FOLDER/text/a.mp4: " },
        { "render --audio FOLDER/text --out FOLDER/a.mp4 --avatar nobody", "there is no avatar \"nobody\"; there are maya, jonas, kiko" },
        { "render --audio FOLDER/text --out FOLDER/a.mp4 --fps 100", "--fps is a whole number from 5 to 60, not 100" },
        { "render --audio FOLDER/text --out FOLDER/a.mp4 --size 31x31", "not '31x31'" },
        { "render --audio FOLDER/text --out FOLDER/a.mp4 --codec vp8", "--codec is one of h264, h265, not 'vp8'" },
        { "render --audio FOLDER/text --out FOLDER/a.mp4 --fast", "--fast is not an option" },
        { "speak --fast", "--fast is no option of speak" },
        { "speak", "speak needs --text" },
        { "speak --text", "--text" },
        { "speak --text ...", "--text has no word" },
        { "speak --text hello", "speak needs --out" },
        { "speak --text hello --out a.mp3", "--out is a file that ends in .wav, not 'a.mp3'" },
        { "speak --text hello --out FOLDER/text/a.wav", "--out FOLDER/text/a.wav: " },
        { "speak --text hello --out FOLDER/a.wav --slowness 3", "--slowness is from 0.7 to 1.4, not 3" },
        { "speak --text hello --out FOLDER/a.wav --pause -1", "--pause is from 0 to 10 seconds, not -1" },
        { "speak --text hello --out FOLDER/a.wav --voice bob", "--voice is one of slt" },
        { "register", "NAME" },
        { "register a/b --photo FOLDER/text", "'a/b' is no name" },
        { "register maya --photo FOLDER/text", "'maya' is a character of the gallery" },
        { "register anna", "register needs --photo FILE or --video FILE" },
        { "register anna --photo FOLDER/text --video FOLDER/text", "one of them" },
        { "register anna --photo no/such.jpg", "there is no file no/such.jpg" },
        { "register anna --photo FOLDER/text --fast", "--fast is not an option" },
        { "register anna --photo FOLDER/text --out FOLDER/text", "--out FOLDER/text: " },
        { "avatars list --fast", "--fast is not an option" },
        { "avatars show nobody --in FOLDER", "there is no avatar 'nobody'" },
        { "avatars delete nobody --in FOLDER", "there is no avatar 'nobody'" },
        { "avatars delete maya --in FOLDER", "there is nothing to delete" },
        { "avatars preview nobody --in FOLDER", "there is no avatar 'nobody'" },
        { "avatars list --in FOLDER/text", "FOLDER/text is no folder" },

        // Addresses.
        { "call", "SIP-URI" },
        { "call bob", "'bob' is no SIP address; write sip:USER@HOST:PORT" },
        { "call sip:", "'sip:' is no SIP address" },
        { "call tel:+4912345", "'tel:+4912345' is no SIP address" },
        { "call http://example.com", "is no SIP address" },
        { "call sip:a@127.0.0.1:99999", "is no SIP address" },
        { "call sip:a@host.invalid", "cannot call sip:a@host.invalid" },

        // Values.
        { $"call {Target} --codec mp3", "--codec is one of pcmu, pcma, opus, g722, amr, amrwb, not 'mp3'" },
        { $"call {Target} --seconds soon", "--seconds is a number above 0 and up to 86400, not 'soon'" },
        { $"call {Target} --seconds 0", "not '0'" },
        { $"call {Target} --seconds -3", "not '-3'" },
        { $"call {Target} --seconds NaN", "not 'NaN'" },
        { $"call {Target} --seconds 1e9", "not '1e9'" },
        { $"call {Target} --accept-video --refuse-video", "exclude each other" },
        { $"call {Target} --wav no/such.wav", "no/such.wav" },
        { $"call {Target} --wav FOLDER", "FOLDER" },
        { $"call {Target} --wav FOLDER/text", "text is not a WAVE file" },
        { $"call {Target} --out FOLDER", "--out FOLDER: " },
        { $"call {Target} --out FOLDER/text/call.mp4", "--out FOLDER/text/call.mp4: " },
        { "demo --codec g729", "--codec is one of pcmu, pcma, opus, g722, amr, amrwb, not 'g729'" },
        { "demo --video vp8", "--video is one of h264, h265, not 'vp8'" },
        { "demo --size big", "--size is WIDTHxHEIGHT, even numbers from 64 to 1920, not 'big'" },
        { "demo --size 513x512", "not '513x512'" },
        { "demo --size 0x0", "not '0x0'" },
        { "demo --size 512x512x512", "not '512x512x512'" },
        { "demo --size 1920x1920", "too low for 1920x1920" },
        { "demo --out FOLDER/text", "--out FOLDER/text: " },
        { "gallery --out FOLDER/text/sheets", "--out FOLDER/text/sheets: " },

        { "bench --calls many", "--calls is a whole number from 1 to 1000, not 'many'" },
        { "bench --calls 0", "not '0'" },
        { "bench --fps 50", "--fps is a whole number from 5 to 30, not '50'" },
        { "bench --size 1920x1920", "too low for 1920x1920" },
        { "bench --seconds 0", "not '0'" },
        { "bench --codec g729", "not 'g729'" },
        { "bench now", "now is not an option" },

        // Settings.
        { "serve --config FOLDER/none.json", "there is no settings file FOLDER/none.json" },
        { "serve --config FOLDER/text", "is not JSON" },
        { "demo --config FOLDER/none.json", "there is no settings file" },
        { "doctor --config FOLDER/none.json", "there is no settings file" },
        { "serve --listen 5060", "Sip:Listen: \"5060\"" },
        { "serve --http here", "Http:Listen: \"here\"" },
        { "serve --default-avatar nobody", "there is no avatar \"nobody\"" },
        { "serve --Video:Widht=3", "Video:Widht is not a setting; did you mean Video:Width?" },
        { "demo --Video:BitRateKbps=lots", "Video:BitRateKbps: \"lots\" is not a whole number" },
        { "serve --Calls:MaxCalls", "--Calls:MaxCalls needs a value" },
        { "serve --listen udp:192.0.2.1:5060 --http=", "a port cannot be opened" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Run_WrongInput_OneLineAndExitCode2(string line, string part)
    {
        File.WriteAllText(Path.Combine(_folder, "text"), "no media");
        string[] args = line.Replace("FOLDER", _folder, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        CommandRun run = await CommandRun.OfAsync(args);
        run.AssertUsageError(part.Replace("FOLDER", _folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ManyWrongSettings_AllToldAtOnce()
    {
        CommandRun run = await CommandRun.OfAsync(
            "serve", "--listen", "5060", "--Video:Width=511", "--Rtp:JitterMinMs=400", "--Audio:Codecs=mp3", "--nonsense");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(5, run.Errors.Count);
        Assert.All(run.Errors, error => Assert.StartsWith("avatar2d: ", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("http")]
    public async Task Serve_PortInUse_OneLineAndExitCode2(string what)
    {
        using var taken = new Socket(
            AddressFamily.InterNetwork, what == "udp" ? SocketType.Dgram : SocketType.Stream, what == "udp" ? ProtocolType.Udp : ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (what != "udp")
            taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port; // Bound above.
        string[] points = what == "http"
            ? ["--listen", "udp:127.0.0.1:0", "--http", $"127.0.0.1:{port}"]
            : ["--listen", $"{what}:127.0.0.1:{port}", "--http="];

        string store = Directory.CreateTempSubdirectory("avatar2d-store-").FullName;

        // A process of its own: what the host itself would print counts as well.
        string program = Path.Combine(AppContext.BaseDirectory, "avatar2d.dll");
        var start = new ProcessStartInfo("dotnet", [program, "serve", .. points, "--Video:Enabled=false", $"--Store:Folder={store}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!; // dotnet runs this test too.
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        string line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("avatar2d: a port cannot be opened", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", await output, StringComparison.Ordinal);
        Assert.Equal(2, process.ExitCode);
        Directory.Delete(store, recursive: true);
    }

    [Fact]
    public async Task Call_NobodyThere_ExitCode1()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var hangUp = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await Gateway.Commands.CommandLine.RunAsync(["call", $"sip:a@{silent.LocalEndPoint}", "--json"], output, error, hangUp.Token);
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("demo --Video:H264Encoder=libx999 --out FOLDER/demo", "apt-get install")]
    [InlineData("serve --listen udp:127.0.0.1:0 --http= --Video:H265Encoder=libx999", "Video:H265Encoder")]
    public async Task Run_EncoderMissing_OneLineAndExitCode3(string line, string part)
    {
        CommandRun run = await CommandRun.OfAsync(line.Replace("FOLDER", _folder, StringComparison.Ordinal).Split(' '));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(part, Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("call --help")]
    [InlineData("--version")]
    public async Task Run_AskedForHelp_ExitCode0(string line)
    {
        CommandRun run = await CommandRun.OfAsync(line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Errors);
        Assert.NotEmpty(run.Output);
    }
}
