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
        var lot = new SeededRandom(character.Seed + 5000);
        SynthesizerVoice[] high = [.. voices.Where(v => v.IsHigh)];
        SynthesizerVoice[] low = [.. voices.Where(v => !v.IsHigh)];
        if (ReferenceEquals(character, Gallery.Gallery.Maya))
            return new SpeakerVoice(high[0].Name, 100);
        if (ReferenceEquals(character, Gallery.Gallery.Jonas))
            return new SpeakerVoice(low[0].Name, 100);
        if (ReferenceEquals(character, Gallery.Gallery.Kiko))
            return new SpeakerVoice(high[0].Name, 116);
        bool isHigh = character.Beard == BeardStyle.None && lot.Chance(0.6f);
        SynthesizerVoice[] group = isHigh ? high : low;
        return new SpeakerVoice(group[lot.Index(group.Length)].Name, (int)MathF.Round(isHigh ? lot.Next(90, 118) : lot.Next(85, 112)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{PitchPercent}";
}
