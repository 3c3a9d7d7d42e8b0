using System.Globalization;
using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Sources;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// Makes clips of a real film: looks at all of it, takes the steady stretches, checks mouth against sound, then cuts the patches.
/// What an earlier run finished is kept.
/// </summary>
/// <param name="shards">Where the clips go.</param>
/// <param name="options">What is worth learning from.</param>
/// <param name="voice">Judges whether the sound is that of the mouth; null: loudness does, which tells less.</param>
public sealed class FilmPreparation(ShardFolder shards, FilmOptions options, FaceNetworks? voice = null)
{
    /// <summary>Looking takes most of the time.</summary>
    private const double LookShare = 0.75;

    /// <summary>Clips of a film that an earlier run has finished, or null.</summary>
    /// <exception cref="InvalidDataException">A record cannot be read.</exception>
    public (FilmRecord Film, IReadOnlyList<ClipRecord> Clips)? Find(FilmSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (shards.FindFilm(source.Path) is not { } film)
            return null;
        ClipRecord?[] clips = [.. film.Clips.Select(shards.Find)];
        return Array.TrueForAll(clips, clip => clip is not null) ? (film, clips!) : null;
    }

    /// <summary>Makes the clips of a film.</summary>
    /// <param name="source">What it is.</param>
    /// <param name="film">At its beginning.</param>
    /// <param name="pcm">Its sound, mono at 16 kHz, from its time 0 on; empty when there is none.</param>
    /// <param name="faces">Fresh for this film.</param>
    /// <param name="progress">Part that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops after the picture at hand; the clip at hand is given up.</param>
    /// <returns>Its record, and those of its clips; none when it was refused.</returns>
    /// <exception cref="InvalidDataException">The film cannot be read on.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public (FilmRecord Film, IReadOnlyList<ClipRecord> Clips) Run(
        FilmSource source, IPictureReader film, ReadOnlyMemory<short> pcm, IFaceReader faces, Action<double> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(film);
        ArgumentNullException.ThrowIfNull(progress);
        if (!source.PictureOnly && Mute(pcm.Span) is { } mute)
            return Refuse(source, 0, mute, isSoundAtFault: true);
        FilmTrack track = FilmTrack.Of(film, faces, options, done => progress(LookShare * done), cancellationToken);
        IReadOnlyList<(int First, int End)> runs = track.Runs(options);
        if (Refusal(track, runs) is { } refusal)
            return Refuse(source, track.Points.Count, refusal);

        int shift = 0;
        SyncCheck? checkedSync = null;
        if (!source.PictureOnly)
        {
            SyncCheck sync = voice is null ? Sync(track, runs, pcm.Span) : Sync(voice, track, runs, pcm.Span);
            checkedSync = sync;
            if (Math.Abs(sync.LagFrames) > options.MaxLagFrames && sync.Correlation < options.MinShiftCorrelation)
            {
                return Refuse(source, track.Points.Count, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the sound does not fit the mouth (best at {sync.LagFrames} pictures, r {sync.Correlation:0.00})"), isSoundAtFault: true, sync);
            }

            shift = Math.Abs(sync.LagFrames) > options.MaxLagFrames ? sync.LagFrames : 0;
        }

        IReadOnlyList<ClipRecord> clips = Write(source, film, track, runs, pcm, shift, voice is null ? null : checkedSync?.Correlation, done => progress(LookShare + ((1 - LookShare) * done)), cancellationToken);
        var record = new FilmRecord(source.Path, [.. clips.Select(c => c.Path)], track.Points.Count, null) { Sync = checkedSync };
        shards.WriteFilm(record);
        return (record, clips);
    }

    private (FilmRecord Film, IReadOnlyList<ClipRecord> Clips) Refuse(FilmSource source, int pictures, string why, bool isSoundAtFault = false, SyncCheck? sync = null)
    {
        var record = new FilmRecord(source.Path, [], pictures, why) { IsSoundAtFault = isSoundAtFault, Sync = sync };
        shards.WriteFilm(record);
        return (record, []);
    }

    private string? Mute(ReadOnlySpan<short> pcm)
    {
        if (pcm.IsEmpty)
            return "it has no sound";
        double sum = 0;
        foreach (short v in pcm)
            sum += (double)v * v;
        return Math.Sqrt(sum / pcm.Length) / 32768 < options.MinLoudness ? "its sound is silent" : null;
    }

    private string? Refusal(FilmTrack track, IReadOnlyList<(int First, int End)> runs)
    {
        if (track.Points.Count == 0)
            return "it has no pictures";
        if (track.FilmRate < options.MinFilmRate)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"it has {track.FilmRate:0.#} pictures a second, less than {options.MinFilmRate:0}: lips cannot be followed");
        }

        int seen = track.Points.Count(p => p is not null);
        if (seen == 0)
            return "no face was found";
        if (runs.Count == 0)
            return $"no steady stretch of {options.ShortestClip} pictures: a face is seen in {seen} of {track.Points.Count}";
        double[] eyes = [.. track.Points.Where(p => p is not null).Select(p => (double)FacePoints.EyeDistance(p)).Order()];
        return eyes[eyes.Length / 2] < options.MinEyeDistancePx
            ? string.Create(CultureInfo.InvariantCulture, $"the face is too small: {eyes[eyes.Length / 2]:0} pixels between the eyes, {options.MinEyeDistancePx:0} are needed")
            : null;
    }

    /// <summary>Lag of the mouth against what the voice asks for, over all stretches.</summary>
    private SyncCheck Sync(FaceNetworks networks, FilmTrack track, IReadOnlyList<(int First, int End)> runs, ReadOnlySpan<short> pcm)
    {
        double[] opening = new double[track.Points.Count];
        Array.Fill(opening, double.NaN);
        foreach ((int first, int end) in runs)
        {
            for (int n = first; n < end; n++)
                opening[n] = FaceSignals.Measure(track.Points[n]).MouthOpening; // Pictures of a run have a face.
        }

        return SyncCheck.Of(SyncCheck.Quick(VoiceOpening.Of(networks, pcm, opening.Length)), SyncCheck.Quick(opening), options.TriedLagFrames);
    }

    /// <summary>Lag of the mouth against the loudness, over the longest stretch.</summary>
    private static SyncCheck Sync(FilmTrack track, IReadOnlyList<(int First, int End)> runs, ReadOnlySpan<short> pcm)
    {
        (int first, int end) = runs.MaxBy(run => run.End - run.First);
        double[] opening = [.. track.Points.Skip(first).Take(end - first).Select(p => (double)FaceSignals.Measure(p).MouthOpening)];
        short[] sound = Sound(pcm, first, end, 0);
        return SyncCheck.Of(MelFrames.Loudness(MelFrames.Of(sound), end - first), opening);
    }

    /// <summary>The sound of a stretch with its tail; silence where the film has none.</summary>
    /// <param name="pcm">Of the film.</param>
    /// <param name="first">First picture.</param>
    /// <param name="end">Picture after the last.</param>
    /// <param name="lag">Pictures by which the mouth comes after the sound.</param>
    private static short[] Sound(ReadOnlySpan<short> pcm, int first, int end, int lag)
    {
        short[] sound = new short[((end - first) * ShardFormat.SamplesPerFrame) + ShardFormat.TailSamples];
        int from = (first - lag) * ShardFormat.SamplesPerFrame;
        int skip = Math.Max(0, -from);
        int start = Math.Min(pcm.Length, from + skip);
        int count = Math.Clamp(pcm.Length - start, 0, Math.Max(0, sound.Length - skip));
        pcm.Slice(start, count).CopyTo(sound.AsSpan(skip));
        return sound;
    }

    private List<ClipRecord> Write(
        FilmSource source, IPictureReader film, FilmTrack track, IReadOnlyList<(int First, int End)> runs, ReadOnlyMemory<short> pcm, int shift, double? expertR,
        Action<double> progress, CancellationToken cancellationToken)
    {
        film.Rewind();
        var pictures = new SteadyPictures(film, fromZero: true);
        var records = new List<ClipRecord>();
        int wanted = runs.Sum(run => run.End - run.First), written = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            (int first, int end) = runs[i];
            string path = string.Create(CultureInfo.InvariantCulture, $"{source.Path}/{i:000}");
            if (shards.Find(path) is { } there)
            {
                records.Add(there);
                written += end - first;
                continue;
            }

            while (pictures.Index < first)
                Next(pictures);
            var entry = new ClipEntry { Path = path, Person = source.Person, Licence = source.Licence, Use = source.Use };
            var patch = new FilmPatch([.. Enumerable.Range(first, end - first).Select(n => FaceAlignment.Fit(track.Points[n]))], track.Size.Width, track.Size.Height);
            using ShardClipWriter writer = shards.Begin(entry, patch.Place);
            var mesh = new Vector3[ShardFormat.MeshPoints];
            var points = new Vector2[FacePoints.Count];
            for (int n = first; n < end; n++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (n > pictures.Index)
                    Next(pictures);
                patch.Cut(pictures.Picture);
                for (int k = 0; k < points.Length; k++)
                    points[k] = patch.Place.ToPicture(track.Points[n]![k]); // Pictures of a run have a face.
                FaceMesh.Fill(points, mesh);
                writer.AddFrame(patch.Pixels, patch.Width, mesh);
                progress((double)++written / wanted);
            }

            records.Add(writer.Complete(source.PictureOnly ? [] : Sound(pcm.Span, first, end, shift), first, shift, FaceMesh.LandmarkSet, expertR));
        }

        return records;
    }

    private static void Next(SteadyPictures pictures)
    {
        if (!pictures.TryRead())
            throw new InvalidDataException("the film ended earlier when it was read a second time");
    }
}
