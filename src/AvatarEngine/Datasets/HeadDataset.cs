using Avatar2D.AvatarEngine.Heads;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A training set of rendered people, made from a morphable head.</summary>
/// <param name="model">The head.</param>
/// <param name="shards">Where the clips go.</param>
/// <param name="options">How many.</param>
/// <param name="synthesizer">Who speaks.</param>
public sealed class HeadDataset(HeadModel model, ShardFolder shards, SpokenDatasetOptions options, ISpeechSynthesizer synthesizer)
    : SpokenDataset("heads", shards, options, synthesizer)
{
    /// <inheritdoc/>
    private protected override SpokenActor ActorAt(int index, int seed) => new HeadActor(model, unchecked((seed * 100_003) + index));
}
