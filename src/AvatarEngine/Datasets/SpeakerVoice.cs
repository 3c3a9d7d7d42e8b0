using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>The voice of one person: few synthetic voices become many by the length of the vocal tract, which moves pitch and formants.</summary>
/// <param name="Name">A voice of the synthesizer.</param>
/// <param name="PitchPercent">All frequencies against the voice's own: 100 is the voice as it is, 85 a larger speaker, 118 a smaller one.</param>
public readonly record struct SpeakerVoice(string Name, int PitchPercent)
{
    /// <summary>The voice that a drawn person always has.</summary>
    /// <param name="character">Who.</param>
    /// <param name="voices">What the synthesizer has.</param>
    public static SpeakerVoice Of(GalleryCharacter character, IReadOnlyList<SynthesizerVoice> voices)
    {
        ArgumentNullException.ThrowIfNull(character);
        ArgumentNullException.ThrowIfNull(voices);
        SynthesizerVoice[] high = [.. voices.Where(v => v.IsHigh)];
        SynthesizerVoice[] low = [.. voices.Where(v => !v.IsHigh)];
        if (ReferenceEquals(character, Gallery.Gallery.Maya))
            return new SpeakerVoice(high[0].Name, 100);
        if (ReferenceEquals(character, Gallery.Gallery.Jonas))
            return new SpeakerVoice(low[0].Name, 100);
        if (ReferenceEquals(character, Gallery.Gallery.Kiko))
            return new SpeakerVoice(high[0].Name, 116);
        var lot = new SeededRandom(character.Seed + 5000);
        return Draw(lot, character.Beard == BeardStyle.None && lot.Chance(0.6f), voices);
    }

    /// <summary>The voice of another person.</summary>
    /// <param name="seed">Draws it.</param>
    /// <param name="isHigh">Whether it is a high one.</param>
    /// <param name="voices">What the synthesizer has.</param>
    internal static SpeakerVoice Draw(int seed, bool isHigh, IReadOnlyList<SynthesizerVoice> voices) => Draw(new SeededRandom(seed + 5000), isHigh, voices);

    private static SpeakerVoice Draw(SeededRandom lot, bool isHigh, IReadOnlyList<SynthesizerVoice> voices)
    {
        SynthesizerVoice[] group = [.. voices.Where(v => v.IsHigh == isHigh)];
        return new SpeakerVoice(group[lot.Index(group.Length)].Name, (int)MathF.Round(isHigh ? lot.Next(90, 118) : lot.Next(85, 112)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{PitchPercent}";
}
