using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Avatar2D.Gateway.Commands;

namespace Avatar2D.Gateway.Tests.Datasets;

public sealed class PrepareVerbTests : IDisposable
{
    /// <summary>Loads the shards as training does; prints clips, least r, largest lag and largest difference to training's own mel and geometry.</summary>
    private const string Python = """
        import sys, numpy as np
        from pathlib import Path
        from avatar2d_training.dataset import FaceSampler, VoiceSampler, load_clips
        from avatar2d_training import mel, motion, prepare
        clips = load_clips(Path(sys.argv[1]), {"train", "validation", "test", "unseen"})
        found = [prepare.sync(c.pcm, c.geometry[:, 1]) for c in clips]
        wrong = max(float(np.abs(mel.mel_frames(c.pcm) - np.load(c.folder / "mel.npy")).max()) for c in clips)
        points = [motion.geometry(np.load(c.folder / "landmarks.npy").astype(np.float32)) for c in clips]
        bent = max(float(np.abs(p - c.geometry).max()) for p, c in zip(points, clips))
        FaceSampler(clips, 1).batch(2, 64), VoiceSampler(clips, 1).clip()
        print(len(clips), min(r for _, r in found), max(abs(l) for l, _ in found), wrong, bent, all(c.teaches_audio for c in clips))
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("prepare-tests-").FullName;

    [Theory]
    [InlineData("needs --gallery")]
    [InlineData("from 1 to 10000", "--gallery", "0")]
    [InlineData("--seconds is above 0", "--gallery", "1", "--seconds", "-3")]
    [InlineData("--seconds is above 0", "--gallery", "1", "--seconds", "NaN")]
    [InlineData("--jobs is from 1", "--gallery", "1", "--jobs", "0")]
    [InlineData("--seed is 0 or more", "--gallery", "1", "--seed", "-1")]
    [InlineData("many", "--gallery", "many")]
    [InlineData("no option of prepare", "--gallery", "1", "--Sip:Listen=x")]
    [InlineData("--heads needs --facekit", "--heads", "1")]
    [InlineData("--facekit goes with --heads", "--gallery", "1", "--facekit", "x.npz")]
    [InlineData("needs --gallery N", "--gallery", "1", "--heads", "1", "--facekit", "x.npz")]
    [InlineData("--heads is a number of people", "--heads", "0", "--facekit", "x.npz")]
    public async Task Prepare_BadArguments_AreUsageErrors(string message, params string[] arguments)
    {
        (int code, string output, string error) = await RunAsync(["prepare", "--out", _folder, .. arguments]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Prepare_OutIsAFile_IsAUsageError()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        (int code, _, string error) = await RunAsync(["prepare", "--gallery", "1", "--out", file]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_NoSynthesizer_SaysWhatToInstall()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Command verb = new PrepareVerb("flite-of-no-machine").Describe(output, error);
        int code = await verb.Parse(["--gallery", "1", "--out", _folder]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Missing, code);
        Assert.Contains("apt-get install", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Could not find file")]
    [InlineData("no head", "no .npz file")]
    public async Task Prepare_NoHeadInTheFile_IsSaid(string? content, string message)
    {
        await Speech.FliteSynthesizerTests.Flite();
        string file = Path.Combine(_folder, "head.npz");
        if (content is not null)
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        (int code, _, string error) = await RunAsync(["prepare", "--heads", "1", "--facekit", file, "--out", Path.Combine(_folder, "out")]);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_RealSpeech_TrainingReadsTheShard()
    {
        await Speech.FliteSynthesizerTests.Flite();
        string[] command = ["prepare", "--gallery", "1", "--seconds", "2", "--jobs", "1", "--out", _folder, "--json"];
        (int code, string output, string error) = await RunAsync(command);
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("100 %", error, StringComparison.Ordinal);
        using (var report = JsonDocument.Parse(output))
        {
            Assert.Equal(1, report.RootElement.GetProperty("made").GetInt32());
            Assert.True(report.RootElement.GetProperty("syncR").GetDouble() > 0.4);
            Assert.Equal(1, report.RootElement.GetProperty("inSync").GetInt32());
        }

        (code, output, error) = await RunAsync(command);
        Assert.Equal((ExitCode.Success, ""), (code, error)); // Nothing to do, no progress.
        Assert.Contains("\"kept\":1", output, StringComparison.Ordinal);
        string[] read = (await TrainingReads()).Split(' ');
        Assert.Equal("1", read[0]);
        Assert.True(Number(read[1]) > 0.4, $"r {read[1]}");
        Assert.InRange(Number(read[2]), 0, 1);
        Assert.InRange(Number(read[3]), 0, 0.005); // float16 of -4 ... 4
        Assert.InRange(Number(read[4]), 0, 0.002); // float16 of patch pixels over 67
        Assert.Equal("True", read[5].Trim());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private static string TrainingFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Avatar2D.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "training"); // Tests run inside the repository.
    }

    private async Task<string> TrainingReads()
    {
        const string Interpreter = "/usr/bin/python3"; // Debian's, which has python3-torch.
        Assert.SkipUnless(
            File.Exists(Interpreter) && Directory.Exists("/usr/lib/python3/dist-packages/torch"), "python3-torch is not installed");
        var start = new ProcessStartInfo(Interpreter, ["-c", Python, _folder])
        {
            WorkingDirectory = TrainingFolder(), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return text;
    }
}
