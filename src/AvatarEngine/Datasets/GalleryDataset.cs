namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A training set of drawn people: those of the gallery first, then people by lot.</summary>
public sealed class GalleryDataset(ShardFolder shards, SpokenDatasetOptions options, ISpeechSynthesizer synthesizer)
    : SpokenDataset("gallery", shards, options, synthesizer)
{
    /// <inheritdoc/>
    private protected override SpokenActor ActorAt(int index, int seed) => new GalleryActor(GalleryPeople.At(index, seed));
}
