using System.Globalization;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// <c>prepare-source</c>, hidden: makes training clips of an upload, and judges whether a model can learn from them: enough seconds of a
/// talking face, and a sound that belongs to it.
/// </summary>
internal sealed class PrepareSourceVerb() : SourceVerb(WorkerPersonalizer.Verb)
{
    /// <summary>Least seconds of the talking face.</summary>
    private const double LeastSeconds = 20;

    /// <summary>
    /// Pictures by which the mouth may come before and after its sound; within them it is set right. A viewer accepts sound that is
    /// 185 ms late or 90 ms early (ITU-R BT.1359).
    /// </summary>
    private const int MostAheadFrames = 4, MostBehindFrames = 2;

    /// <summary>
    /// Least correlation of the quick part of the opening that the voice asks for with that of the one that is seen. Over 20 s a stranger's
    /// sound came to 0.29 at most, the own one to 0.51 at least.
    /// </summary>
    private const double LeastSyncR = 0.4;

    /// <summary>Least prominence of that correlation: the own sound came to 0.23 at least, a stranger's within the lags let through to 0.19.</summary>
    private const double LeastProminence = 0.15;

    private const string SyncCode = "sound_fits_mouth";
    private const string FaceAdvice = "Film the face from the front, close and in good light, and send at least 20 seconds of it.";
    private const string SyncAdvice = "Send the video as the camera recorded it, with its own sound: a model would learn a mouth that does not fit the voice.";

    /// <inheritdoc/>
    protected override RegistrationOutcome Work(SourceOrder order, EngineOptions engine, Func<IFaceReader> faces, WorkerWriter writer)
    {
        var source = new FilmSource(order.Name, order.Name, "measure", ClipUse.Train, PictureOnly: false);
        using var film = new FilePictures(order.Source);
        ReadOnlyMemory<short> pcm = film.Info.HasAudio ? MediaFileReader.ReadAudio(order.Source, ShardFormat.SampleRateHz).Samples : default;
        using IFaceReader reader = faces();
        using var loaded = new FaceEngine(engine, NullLogger.Instance);
        FaceNetworks voice = loaded.NetworksFor(null) ?? throw new ModelException(ModelFault.Missing, $"no robust model {engine.Model} is installed in {engine.Folder}");
        var preparation = new FilmPreparation(new ShardFolder(order.Output), new FilmOptions { MaxLagFrames = 0, MinShiftCorrelation = LeastSyncR }, voice);
        (FilmRecord record, IReadOnlyList<ClipRecord> clips) = preparation.Find(source) ?? preparation.Run(
            source, film, pcm, reader, done => writer.Progress(20 + (int)(79 * done), "follows face and sound"), CancellationToken.None);
        IReadOnlyList<Verdict> verdicts = record.Refused is { } refused
            ? [new Verdict(record.IsSoundAtFault ? SyncCode : "usable", false, $"{char.ToUpperInvariant(refused[0])}{refused[1..]}.", record.IsSoundAtFault ? SyncAdvice : FaceAdvice)]
            : Judge(clips, record.Sync ?? default);
        return new RegistrationOutcome(verdicts, verdicts.All(v => v.Passed));
    }

    private static Verdict[] Judge(IReadOnlyList<ClipRecord> clips, SyncCheck sync)
    {
        double seconds = (double)clips.Sum(c => c.Frames) / ShardFormat.FrameRate;
        bool isLong = seconds >= LeastSeconds;
        bool fits = sync.LagFrames is >= -MostAheadFrames and <= MostBehindFrames && sync.Correlation >= LeastSyncR && sync.Prominence >= LeastProminence;
        string how = sync.LagFrames == 0 ? "with" : Text($"{Math.Abs(sync.LagFrames)} pictures {(sync.LagFrames < 0 ? "before" : "after")}");
        return
        [
            new Verdict("talks_long_enough", isLong, Text($"The face is followed for {seconds:0} s."), isLong ? null : Text($"Send at least {LeastSeconds:0} seconds, better a minute, of the talking face.")),
            new Verdict(SyncCode, fits, Text($"The mouth moves {how} the sound (r {sync.Correlation:0.00}, {sync.Prominence:0.00} above other lags)."), fits ? null : SyncAdvice),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
