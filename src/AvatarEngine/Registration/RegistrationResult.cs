namespace Avatar2D.AvatarEngine.Registration;

/// <summary>What became of a source.</summary>
/// <param name="Clip">The pictures; null when the source was refused.</param>
/// <param name="Findings">What is less than good, gravest first; at least one refuses when there is no clip.</param>
public sealed record RegistrationResult(SourceClip? Clip, IReadOnlyList<SourceFinding> Findings);
