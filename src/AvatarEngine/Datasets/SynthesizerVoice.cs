namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A voice of a synthesizer.</summary>
/// <param name="Name">How the synthesizer calls it.</param>
/// <param name="IsHigh">It is a woman's voice.</param>
public readonly record struct SynthesizerVoice(string Name, bool IsHigh);
