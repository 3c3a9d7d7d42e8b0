using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A spoken sentence.</summary>
/// <param name="Pcm">Mono at 16 kHz.</param>
/// <param name="Phones">Every phone in order, ARPAbet, silences too; times from the first sample.</param>
public sealed record SpokenLine(ReadOnlyMemory<short> Pcm, IReadOnlyList<PhoneSpan> Phones);
