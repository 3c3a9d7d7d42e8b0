using System.Globalization;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// <c>prepare-source</c>, hidden: makes training clips of an upload, and judges whether a model can learn from them: enough seconds of a
/// talking face, and a sound that belongs to it.
/// </summary>
internal sealed class PrepareSourceVerb() : SourceVerb(WorkerPersonalizer.Verb)
{
    /// <summary>Least seconds of the talking face.</summary>
    private const double LeastSeconds = 20;

    /// <summary>Pictures by which mouth and sound may differ.</summary>
    private const int MostLagFrames = 2;

    /// <summary>Least correlation of loudness with the opening of the lips; that of a stranger's sound stays below.</summary>
    private const double LeastSyncR = 0.3;

    private const string SyncAdvice = "Send the video as the camera recorded it, with its own sound: a model would learn a mouth that does not fit the voice.";

    /// <inheritdoc/>
    protected override RegistrationOutcome Work(SourceOrder order, EngineOptions engine, Func<IFaceReader> faces, WorkerWriter writer)
    {
        var source = new FilmSource(order.Name, order.Name, "measure", ClipUse.Train, PictureOnly: false);
        using var film = new FilePictures(order.Source);
        ReadOnlyMemory<short> pcm = film.Info.HasAudio ? MediaFileReader.ReadAudio(order.Source, ShardFormat.SampleRateHz).Samples : default;
        using IFaceReader reader = faces();
        (FilmRecord record, IReadOnlyList<ClipRecord> clips) = new FilmPreparation(new ShardFolder(order.Output), new FilmOptions()).Run(
            source, film, pcm, reader, done => writer.Progress(20 + (int)(79 * done), "follows face and sound"), CancellationToken.None);
        IReadOnlyList<Verdict> verdicts = record.Refused is { } refused ? [new Verdict("usable", false, $"{refused}.", SyncAdvice)] : Judge(clips);
        return new RegistrationOutcome(verdicts, verdicts.All(v => v.Passed));
    }

    private static Verdict[] Judge(IReadOnlyList<ClipRecord> clips)
    {
        double frames = clips.Sum(c => c.Frames);
        double seconds = frames / 25;
        double r = frames == 0 ? 0 : clips.Sum(c => c.Frames * c.SyncR) / frames;
        ClipRecord longest = clips.MaxBy(c => c.Frames)!; // A film that is not refused has clips.
        int lag = longest.SyncShiftFrames + longest.SyncLagFrames;
        bool isLong = seconds >= LeastSeconds;
        bool fits = Math.Abs(lag) <= MostLagFrames && longest.SyncShiftFrames == 0 && r >= LeastSyncR;
        return
        [
            new Verdict("talks_long_enough", isLong, Text($"The face is followed for {seconds:0} s."), isLong ? null : Text($"Send at least {LeastSeconds:0} seconds, better a minute, of the talking face.")),
            new Verdict("sound_fits_mouth", fits, Text($"The mouth moves {Math.Abs(lag)} pictures {(lag < 0 ? "before" : "after")} the sound (r {r:0.00})."), fits ? null : SyncAdvice),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
