using System.Globalization;
using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// Makes a training set: synthetic people who speak synthetic sentences, pictures and mouths exactly as the phones say.
/// What an earlier run finished is kept; the clips of a seed are the same however often the run is interrupted or enlarged.
/// </summary>
public abstract class SpokenDataset
{
    private readonly ShardFolder _shards;
    private readonly SpokenDatasetOptions _options;
    private readonly ISpeechSynthesizer _synthesizer;
    private readonly string _kind;

    private readonly Lock _lock = new();
    private double _secondsDone;

    /// <summary>Prepares a run.</summary>
    /// <param name="kind">First part of the clips' paths and of the people's names.</param>
    /// <param name="shards">Where the clips go.</param>
    /// <param name="options">How many.</param>
    /// <param name="synthesizer">Who speaks.</param>
    private protected SpokenDataset(string kind, ShardFolder shards, SpokenDatasetOptions options, ISpeechSynthesizer synthesizer) =>
        (_kind, _shards, _options, _synthesizer) = (kind, shards, options, synthesizer);

    /// <summary>Makes what is missing.</summary>
    /// <param name="progress">Told of each clip, one at a time, in no fixed order.</param>
    /// <param name="cancellationToken">Stops after the picture at hand; the clip at hand is given up.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    /// <exception cref="InvalidDataException">A finished clip cannot be read.</exception>
    public Task RunAsync(Action<ClipProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        _secondsDone = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Jobs, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(
            Enumerable.Range(0, _options.People), parallel, async (person, stop) => await DrawPersonAsync(person, progress, stop));
    }

    /// <summary>The person of a place in the set; the caller disposes of it.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="seed">Of the set; other seeds make other people.</param>
    private protected abstract SpokenActor ActorAt(int index, int seed);

    private async Task DrawPersonAsync(int index, Action<ClipProgress> progress, CancellationToken cancellationToken)
    {
        using SpokenActor actor = ActorAt(index, _options.Seed);
        SpeakerVoice voice = actor.Voice(_synthesizer.Voices);
        var script = new SpeechScript(unchecked((_options.Seed * 7919) + actor.Seed), GalleryPeople.IsUnseen(index));
        double seconds = 0;
        for (int clip = 0; seconds < _options.SecondsPerPerson; clip++)
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{_kind}/seed{_options.Seed}/{actor.Name}/{clip:000}");
            ClipRecord? record = _shards.Find(path);
            bool wasThere = record is not null;
            record ??= await DrawClipAsync(path, clip, script, voice, actor, cancellationToken);
            double length = (double)record.Frames / ShardFormat.FrameRate;
            seconds += length;
            lock (_lock)
            {
                _secondsDone += length;
                progress(new ClipProgress(record, wasThere, _secondsDone, _options.People * _options.SecondsPerPerson));
            }
        }
    }

    private async Task<ClipRecord> DrawClipAsync(
        string path, int clip, SpeechScript script, SpeakerVoice voice, SpokenActor actor, CancellationToken cancellationToken)
    {
        int seed = unchecked((((_options.Seed * 31) + actor.Seed) * 1009) + clip);
        var lot = new SeededRandom(seed);
        actor.Begin(seed);
        IReadOnlyList<string> sentences = script.SentencesOf(clip);
        var lines = new List<SpokenLine>();
        double slowness = lot.Next(0.9f, 1.2f);
        foreach (string sentence in sentences)
            lines.Add(await _synthesizer.SpeakAsync(sentence, voice, slowness, cancellationToken));
        SpokenClip spoken = SpokenClip.Join(lines, lot);
        var acting = new SpokenPerformance(spoken.Phones, spoken.Frames, actor.Seed, actor.Turning, lot);
        using ShardClipWriter writer = _shards.Begin(new ClipEntry
        {
            Path = path,
            Person = $"{_kind}-{actor.Name}",
            Licence = "train", // Made and spoken by programs, sentences of our own.
            Use = script.UseOf(clip),
            Synthetic = new SyntheticTruth(actor.Name, voice.ToString(), string.Join(' ', sentences), [.. spoken.Phones.Select(Timed)]),
        });
        var mesh = new Vector3[ShardFormat.MeshPoints];
        for (int frame = 0; frame < spoken.Frames; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            actor.Render(acting.AtFrame(frame), mesh);
            writer.AddFrame(actor.Pixels, SpokenActor.PicturePx, mesh);
        }

        return writer.Complete(spoken.Pcm);
    }

    private static TimedPhone Timed(PhoneSpan p) =>
        new(p.Phone, Math.Round(p.Start.TotalSeconds, 4), Math.Round(p.End.TotalSeconds, 4));
}
