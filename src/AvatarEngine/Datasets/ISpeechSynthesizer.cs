namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>Speaks a text and tells exactly when each phone is heard. Any thread; several at once.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>The voices there are, in a fixed order; at least one high and one low.</summary>
    IReadOnlyList<SynthesizerVoice> Voices { get; }

    /// <summary>Speaks; the same input gives the same samples.</summary>
    /// <param name="text">One English sentence.</param>
    /// <param name="voice">One of <see cref="Voices"/> as a speaker has it.</param>
    /// <param name="slowness">Length against the voice's own, 0.7 to 1.4.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<SpokenLine> SpeakAsync(string text, SpeakerVoice voice, double slowness, CancellationToken cancellationToken);
}
