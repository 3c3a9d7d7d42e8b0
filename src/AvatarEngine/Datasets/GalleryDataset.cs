using System.Globalization;
using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// Draws a training set: people of the gallery who speak synthetic sentences, pictures and mouths exactly as the phones say.
/// What an earlier run finished is kept; the clips of a seed are the same however often the run is interrupted or enlarged.
/// </summary>
public sealed class GalleryDataset(ShardFolder shards, GalleryDatasetOptions options, ISpeechSynthesizer synthesizer)
{
    /// <summary>Pictures as the gallery's avatars have them; the eyes stand about as far apart as in a patch.</summary>
    private const int PicturePx = 512;

    private readonly Lock _lock = new();
    private double _secondsDone;

    /// <summary>Makes what is missing.</summary>
    /// <param name="progress">Told of each clip, one at a time, in no fixed order.</param>
    /// <param name="cancellationToken">Stops after the picture at hand; the clip at hand is given up.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    /// <exception cref="InvalidDataException">A finished clip cannot be read.</exception>
    public Task RunAsync(Action<ClipProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        _secondsDone = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(
            Enumerable.Range(0, options.People), parallel, async (person, stop) => await DrawPersonAsync(person, progress, stop));
    }

    private async Task DrawPersonAsync(int index, Action<ClipProgress> progress, CancellationToken cancellationToken)
    {
        GalleryCharacter character = GalleryPeople.At(index, options.Seed);
        SpeakerVoice voice = SpeakerVoice.Of(character, synthesizer.Voices);
        var script = new SpeechScript(unchecked((options.Seed * 7919) + character.Seed), GalleryPeople.IsUnseen(index));
        GalleryRenderer? renderer = null;
        try
        {
            double seconds = 0;
            for (int clip = 0; seconds < options.SecondsPerPerson; clip++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"gallery/seed{options.Seed}/{character.Name}/{clip:000}");
                ClipRecord? record = shards.Find(path);
                bool wasThere = record is not null;
                if (record is null)
                {
                    renderer ??= new GalleryRenderer(character, PicturePx);
                    record = await DrawClipAsync(path, clip, script, voice, renderer, cancellationToken);
                }

                double length = (double)record.Frames / ShardFormat.FrameRate;
                seconds += length;
                lock (_lock)
                {
                    _secondsDone += length;
                    progress(new ClipProgress(record, wasThere, _secondsDone, options.People * options.SecondsPerPerson));
                }
            }
        }
        finally
        {
            renderer?.Dispose();
        }
    }

    private async Task<ClipRecord> DrawClipAsync(
        string path, int clip, SpeechScript script, SpeakerVoice voice, GalleryRenderer renderer, CancellationToken cancellationToken)
    {
        GalleryCharacter character = renderer.Character;
        var lot = new SeededRandom(unchecked((((options.Seed * 31) + character.Seed) * 1009) + clip));
        IReadOnlyList<string> sentences = script.SentencesOf(clip);
        var lines = new List<SpokenLine>();
        double slowness = lot.Next(0.9f, 1.2f);
        foreach (string sentence in sentences)
            lines.Add(await synthesizer.SpeakAsync(sentence, voice, slowness, cancellationToken));
        SpokenClip spoken = SpokenClip.Join(lines, lot);
        var acting = new GalleryPerformance(spoken.Phones, spoken.Frames, character, lot);
        using ShardClipWriter writer = shards.Begin(new ClipEntry
        {
            Path = path,
            Person = "gallery-" + character.Name,
            Licence = "train", // Drawn and spoken by programs, sentences of our own.
            Use = script.UseOf(clip),
            Synthetic = new SyntheticTruth(character.Name, voice.ToString(), string.Join(' ', sentences), [.. spoken.Phones.Select(Timed)]),
        });
        var mesh = new Vector3[ShardFormat.MeshPoints];
        for (int frame = 0; frame < spoken.Frames; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FaceParameters face = acting.AtFrame(frame);
            renderer.Render(face);
            DrawnMesh.Fill(renderer.Landmarks, face, mesh);
            writer.AddFrame(renderer.Pixels, PicturePx, mesh);
        }

        return writer.Complete(spoken.Pcm);
    }

    private static TimedPhone Timed(PhoneSpan p) =>
        new(p.Phone, Math.Round(p.Start.TotalSeconds, 4), Math.Round(p.End.TotalSeconds, 4));
}
