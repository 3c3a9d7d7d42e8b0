using System.Text.Json;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Commands;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Gateway.Speech;
using Avatar2D.Gateway.Tests.Commands;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Offline;

/// <summary>The verb whole: a drawn avatar, the shipped model, real files.</summary>
public sealed class RenderVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-render-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Render_TwoSecondsOfSpeech_MovesTheMouthAndKeepsTheSound()
    {
        // 96 kHz is no rate of MP4 players: it goes through the converter.
        PcmClip speech = WavFile.Read(InstallationFiles.Find("assets/speech.wav")!).At(48_000);
        var shortened = new PcmClip(96_000, new PcmClip(48_000, speech.Samples[..96_000]).At(96_000).Samples);
        string wav = Path.Combine(_folder, "two.wav");
        WavFile.Write(wav, 96_000, shortened.Samples.Span);
        string film = Path.Combine(_folder, "two.mp4");
        string killed = Path.Combine(_folder, $"other.mp4.{int.MaxValue}.tmp.mp4"); // No process has that id.
        await File.WriteAllTextAsync(killed, "half a film", TestContext.Current.CancellationToken);
        CommandRun run = await RenderAsync("--audio", wav, "--out", film, "--size", "240x320", "--fps", "15", "--json");
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(30, report.GetProperty("frames").GetInt32());
        Assert.Equal("240x320", report.GetProperty("size").GetString());
        Assert.Equal(2, report.GetProperty("seconds").GetDouble());
        foreach (string name in (string[])["workSeconds", "coreSeconds", "timesRealTimePerCore", "peakMemoryMegabytes", "model", "driver", "codec"])
            Assert.True(report.TryGetProperty(name, out _), name);

        using var reader = new MediaFileReader(film);
        Assert.Equal((240, 320, "h264", "aac"), (reader.Info.Width, reader.Info.Height, reader.Info.VideoCoding, reader.Info.AudioCoding));
        double moved = 0;
        I420Frame? first = null;
        for (; reader.TryReadPicture(out MediaPicture picture); moved = Math.Max(moved, LowerFaceChange(first.View, picture.Picture)))
        {
            if (first is null)
            {
                first = new I420Frame(240, 320);
                picture.Picture.CopyTo(first.View);
            }
        }

        Assert.True(moved > 4, $"the mouth moves by {moved:0.0} grey levels");
        PcmClip heard = MediaFileReader.ReadAudio(film, 16_000);
        Assert.True(SoundMatch.Of(new PcmClip(48_000, speech.Samples[..96_000]).At(16_000), heard) is { Correlation: > 0.95 } match
            && Math.Abs(match.Delay.TotalSeconds) < 0.01);
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp*"));
        Assert.Contains(Avatar2D.Gateway.Marking.XmpMark.SourceType, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(film)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_WhatIsNoSound_FailsAndLeavesNoFile()
    {
        string text = Path.Combine(_folder, "text.wav");
        File.WriteAllText(text, "no sound");
        CommandRun run = await RenderAsync("--audio", text, "--out", Path.Combine(_folder, "a.mp4"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Errors, line => line.StartsWith("avatar2d: ", StringComparison.Ordinal) && line.Contains("text.wav", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder, "*.mp4"));
    }

    [Fact]
    public async Task Render_WithoutModel_SaysWhichSettingsToLookAt()
    {
        CommandRun run = await RenderAsync(
            "--audio", InstallationFiles.Find("assets/speech.wav")!, "--out", Path.Combine(_folder, "a.mp4"), "--Engine:Model=base-of-no-folder");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(run.Errors, line => line.Contains("Engine:Model", StringComparison.Ordinal) && line.Contains("cannot speak", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Render_Text_IsSpokenAndHeard()
    {
        string film = Path.Combine(_folder, "text.mp4");
        CommandRun run = await RenderAsync("--text", "Pip made a map. It is big.", "--out", film, "--size", "240x320", "--json");
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("text", report.GetProperty("driver").GetString());
        PcmClip heard = MediaFileReader.ReadAudio(film, 16_000);
        Assert.Equal(heard.Duration.TotalSeconds, report.GetProperty("seconds").GetDouble(), 0.15);

        // The same words by the synthesizer, each sentence at the telephone's level.
        FliteSynthesizer flite = await Speech.FliteSynthesizerTests.Flite();
        Utterance first = await Utterance.SpeakAsync(flite, "Pip made a map.", new SpeakerVoice("slt", 100), 1, 0, TestContext.Current.CancellationToken);
        SoundMatch match = SoundMatch.Of(new PcmClip(16_000, first.Pcm), heard);
        Assert.True(match.Correlation > 0.95 && Math.Abs(match.Delay.TotalSeconds) < 0.01, $"{match}");
    }

    [Fact]
    public async Task Render_TextWithoutSynthesizer_SaysWhatToInstall()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await new RenderVerb("flite-of-no-machine").Describe(output, error)
            .Parse(["--text", "Hello.", "--out", Path.Combine(_folder, "a.mp4")]).InvokeAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(3, code);
        Assert.Contains("apt-get install", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Render_FilmOfAnotherFace_MouthFollowsAndTheSoundComesAlong()
    {
        PcmClip speech = WavFile.Read(InstallationFiles.Find("assets/speech.wav")!); // Shipped.
        var part = new PcmClip(speech.SampleRateHz, speech.Samples[..(speech.SampleRateHz * 5)]);
        string wav = Path.Combine(_folder, "five.wav"), driving = Path.Combine(_folder, "driving.mp4"), driven = Path.Combine(_folder, "driven.mp4");
        WavFile.Write(wav, part.SampleRateHz, part.Samples.Span);
        Assert.Equal(0, (await RenderAsync("--avatar", "maya", "--audio", wav, "--out", driving, "--size", "512x512")).ExitCode);
        CommandRun run = await RenderAsync("--avatar", "jonas", "--video", driving, "--out", driven, "--size", "512x512", "--json");
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));

        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("video", report.GetProperty("driver").GetString());
        Assert.Equal(5, report.GetProperty("seconds").GetDouble(), 0.05);
        CurveMatch? match = CurveMatch.Of(Openings(driving), Openings(driven), -0.2, 0.2);
        Assert.True(match is { Correlation: > 0.7 } && Math.Abs(match.Value.LagSeconds) <= 0.04, $"{match}");
        Assert.True(SoundMatch.Of(part, MediaFileReader.ReadAudio(driven, part.SampleRateHz)) is { Correlation: > 0.95 } sound
            && Math.Abs(sound.Delay.TotalSeconds) < 0.06); // Twice through AAC, whose frames have 20 ms and more.
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Render_FilmThatDrivesNothing_FailsAndSaysWhy(bool hasPictures)
    {
        string driving = Path.Combine(_folder, "driving.mp4");
        if (hasPictures)
        {
            using var writer = new VideoFileWriter(driving, new VideoFileSettings { Width = 128, Height = 128, FramesPerSecond = 25 });
            var grey = new I420Frame(128, 128);
            grey.Pixels.Fill(128);
            for (int i = 0; i < 30; i++)
                writer.WriteFrame(grey.View);
            writer.Complete();
        }
        else
        {
            File.Copy(InstallationFiles.Find("assets/speech.wav")!, driving); // Shipped.
        }

        CommandRun run = await RenderAsync("--video", driving, "--out", Path.Combine(_folder, "a.mp4"));
        Assert.Equal(1, run.ExitCode);
        string reason = hasPictures ? "shows a face in 0 of 30 pictures" : "has no pictures";
        Assert.Contains(run.Errors, line => line.StartsWith("avatar2d: ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(_folder, "a.mp4")));
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp*"));
    }

    private static TimedCurve Openings(string film)
    {
        using var pictures = new FilePictures(film);
        using var meter = new TrackedMouthMeter(FaceNets.Load(new EngineOptions()).CreateTracker());
        var times = new List<double>();
        var openings = new List<double>();
        while (pictures.TryRead())
        {
            if (!meter.TryMeasure(pictures.Picture, pictures.Time, out double opening))
                continue;
            times.Add(pictures.Time.TotalSeconds);
            openings.Add(opening);
        }

        return new TimedCurve(times, openings);
    }

    private static Task<CommandRun> RenderAsync(params string[] args) =>
        CommandRun.OfAsync(["render", .. args, $"--Avatar:Folder={Path.Combine(Path.GetTempPath(), "avatar2d-test-avatars")}"]);

    /// <summary>Mean difference in the middle of the lower face, grey levels.</summary>
    private static double LowerFaceChange(I420View a, I420View b)
    {
        long sum = 0;
        int count = 0;
        for (int y = a.Height * 55 / 100; y < a.Height * 70 / 100; y++)
        {
            for (int x = a.Width * 40 / 100; x < a.Width * 60 / 100; x++, count++)
                sum += Math.Abs(a.Y[(y * a.YStride) + x] - b.Y[(y * b.YStride) + x]);
        }

        return (double)sum / count;
    }
}
