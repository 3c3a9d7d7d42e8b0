using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// What one person says, clip by clip, two sentences each: known in advance for every clip, so that a resumed run goes on alike.
/// Of a person in the training set every 16th clip is of validation sentences and every 8th of test sentences.
/// </summary>
internal sealed class SpeechScript(int seed, bool unseen)
{
    /// <summary>Sentences in a clip.</summary>
    public const int SentencesPerClip = 2;

    private const int TestEvery = 8;
    private const int ValidationEvery = 16;

    /// <summary>What a clip is for.</summary>
    public ClipUse UseOf(int clip) =>
        unseen ? ClipUse.Unseen
        : clip % TestEvery == TestEvery - 1 ? ClipUse.Test
        : clip % ValidationEvery == 5 ? ClipUse.Validation
        : ClipUse.Train;

    /// <summary>The sentences of a clip.</summary>
    public IReadOnlyList<string> SentencesOf(int clip)
    {
        ClipUse use = UseOf(clip);
        int before = Enumerable.Range(0, clip).Count(c => UseOf(c) == use);
        IReadOnlyList<string> all = PhoneticSentences.For(use);
        return [.. Enumerable.Range(before * SentencesPerClip, SentencesPerClip).Select(i => all[Order(all.Count, i / all.Count, use)[i % all.Count]])];
    }

    /// <summary>The order of the sentences in one turn through all of them.</summary>
    private int[] Order(int count, int turn, ClipUse use)
    {
        var lot = new SeededRandom(HashCode(turn, (int)use));
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = lot.Index(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private int HashCode(int turn, int use) => unchecked((((seed * 31) + turn) * 31) + use);
}
