using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;

namespace Avatar2D.Gateway.Datasets;

/// <summary>Prepares video files, several at the same time.</summary>
/// <param name="shards">Where the clips go.</param>
/// <param name="faces">Makes a reader of faces for one film; any thread.</param>
/// <param name="jobs">Films at the same time.</param>
internal sealed class FilmDataset(ShardFolder shards, Func<IFaceReader> faces, int jobs)
{
    private readonly Lock _lock = new();

    /// <summary>Makes what is missing.</summary>
    /// <param name="films">File and name of each.</param>
    /// <param name="describe">What is known of a film, by its name.</param>
    /// <param name="done">Told of each film, one at a time: its record, its clips, whether an earlier run made it.</param>
    /// <param name="cancellationToken">Stops after the picture at hand; the clips at hand are given up.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public Task RunAsync(
        IReadOnlyList<(string File, string Name)> films, Func<string, FilmSource> describe, Action<FilmRecord, IReadOnlyList<ClipRecord>, bool> done,
        CancellationToken cancellationToken)
    {
        var preparation = new FilmPreparation(shards, new FilmOptions());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        return Task.Run(() => Parallel.ForEach(films, parallel, film => Prepare(film.File, describe(film.Name))), cancellationToken);

        void Prepare(string file, FilmSource source)
        {
            if (preparation.Find(source) is { } there)
            {
                lock (_lock)
                    done(there.Film, there.Clips, true);
                return;
            }

            (FilmRecord record, IReadOnlyList<ClipRecord> clips) = Read(preparation, file, source, cancellationToken);
            lock (_lock)
                done(record, clips, false);
        }
    }

    private (FilmRecord Film, IReadOnlyList<ClipRecord> Clips) Read(
        FilmPreparation preparation, string file, FilmSource source, CancellationToken cancellationToken)
    {
        try
        {
            using var film = new FilePictures(file);
            ReadOnlyMemory<short> pcm = source.PictureOnly || !film.Info.HasAudio
                ? default
                : MediaFileReader.ReadAudio(file, ShardFormat.SampleRateHz).Samples;
            using IFaceReader reader = faces();
            return preparation.Run(source, film, pcm, reader, _ => { }, cancellationToken);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or CodecException)
        {
            // Not written down as refused: the file may be mended and tried again.
            return (new FilmRecord(source.Path, [], 0, damaged.Message.ReplaceLineEndings(" ")), []);
        }
    }
}
