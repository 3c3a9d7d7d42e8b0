using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Gateway.Speech;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// The demo's two calls over a gateway of its own, and what they show: first the speech, whose mouth is compared with its phones and
/// with the model's own film; then a test signal, whose events tell delay and skew.
/// </summary>
/// <param name="options">Settings of the gateway.</param>
/// <param name="codec">Audio codec of the phone.</param>
/// <param name="folder">Gets the recordings and the picture of sync.</param>
/// <param name="progress">Progress.</param>
internal sealed class DemoRun(GatewayOptions options, AudioCodecChoice codec, string folder, TextWriter progress)
{
    private const string Speech = "assets/speech.wav", OtherSpeech = "assets/other-speech.wav";

    /// <summary>Films that a whole call is compared with; twice as fine as the call, so that lags come out to a part of a picture.</summary>
    private const int FilmFps = 50;

    /// <summary>The phone is silent until the picture is there.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(0.8);

    private readonly string _speech = Asset(Speech);
    private readonly string _other = Asset(OtherSpeech);

    /// <summary>Runs both calls and looks at them.</summary>
    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .AddProvider(new ProgressLog(progress)).SetMinimumLevel(LogLevel.Information));
        using AvatarCatalog avatars = AvatarCatalog.From(options.Avatar, options.Engine, loggers);
        var key = new StageKey(options.Avatar.Default, options.Video.Width, options.Video.Height);
        using StageLease stage = await avatars.Stages.AcquireAsync(key, cancellationToken);
        await avatars.Stages.WhenLoadedAsync(key).WaitAsync(cancellationToken); // A gallery character is drawn once.
        await using var gateway = new GatewayHost(options, avatars, TimeProvider.System, loggers);
        await gateway.StartAsync(cancellationToken);
        string target = $"sip:avatar@{gateway.SipEndPoints[0]}";

        await progress.WriteLineAsync($"The phone calls {target} and speaks {Speech} ...");
        await using TestPhone speaker = Phone(_speech, "call.mp4");
        CallReport call = await speaker.CallAsync(PhoneOptions.TargetOf(target), cancellationToken);

        string signal = Path.Combine(folder, "test-signal.wav");
        WavFile.Write(signal, TestSignal.SampleRateHz, TestSignal.Make().Samples.Span);
        await progress.WriteLineAsync("The phone calls again and speaks a test signal ...");
        await using TestPhone tester = Phone(signal, "test-signal.mp4");
        await tester.CallAsync(PhoneOptions.TargetOf(target), cancellationToken);
        await gateway.StopAsync(cancellationToken);

        SoundMatch? sound = speaker.Heard is { } heard ? SoundMatch.Of(WavFile.Read(_speech), heard) : null;
        var report = new DemoReport(call, sound?.Correlation, sound?.Delay.TotalMilliseconds, null, null, null, []);
        await progress.WriteLineAsync("Looking at the pictures ...");
        if (sound is not null && MouthWitness.For(stage.Stage, options.Engine) is { } witness)
            report = Look(report, witness, speaker, sound, tester, signal);
        return report with { Checks = DemoChecks.Of(report, options, codec) };
    }

    private static string Asset(string path) =>
        InstallationFiles.Find(path) ?? throw new UsageException($"{path} is missing: it belongs to the installation");

    private TestPhone Phone(string speech, string recording) => new(
        new TestPhoneOptions
        {
            Codec = codec, SpeechPath = speech, SpeechDelay = Lead, RecordingPath = Path.Combine(folder, recording), KeepWire = true,
        },
        TimeProvider.System,
        NullLoggerFactory.Instance);

    private DemoReport Look(DemoReport report, MouthWitness witness, TestPhone speaker, SoundMatch sound, TestPhone tester, string signal)
    {
        if (speaker.Wire is not { } said || speaker.VideoCoding is not { } coding)
            return report;
        PhoneTable phones = PhoneTable.Read(PhoneTable.PathFor(_speech));
        var before = (int)Math.Round(sound.Delay.TotalSeconds * said.SampleRateHz);
        TimedCurve seen = MouthWitness.Seen(said, witness.Read(said, coding), before);
        TimedCurve wanted = witness.Film(_speech, FilmFps);
        string picture = Path.Combine(folder, "sync.png");
        PcmClip heard = speaker.Heard!; // There is a wire, so there is what came over it.
        File.WriteAllBytes(
            picture,
            SyncPicture.Draw(heard with { Samples = heard.Samples[Math.Min(before, heard.Samples.Length)..] }, phones.Spans, seen, wanted, LipClosure.Threshold(seen, witness.Rest)));
        MouthFigures mouth = witness.Figures(seen, wanted, witness.Film(_other, FilmFps), phones.Spans);
        SyncFigures? sync = null;
        if (tester.Wire is { } tested && tester.VideoCoding is { } testCoding)
        {
            var meter = new SyncMeter(WavFile.Read(signal), TestSignal.Starts, TestSignal.BurstSeconds, witness.Film(signal, FilmFps));
            sync = meter.Measure(tested, Lead.TotalSeconds, witness.Read(tested, testCoding));
        }

        return report with { Mouth = mouth, Sync = sync, SyncPicture = picture };
    }
}
