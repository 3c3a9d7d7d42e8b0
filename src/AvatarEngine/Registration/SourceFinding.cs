namespace Avatar2D.AvatarEngine.Registration;

/// <summary>Something that is less than good about a source.</summary>
/// <param name="Verdict">What.</param>
/// <param name="Refuses">True when no avatar can be made of it; false when one is made all the same.</param>
/// <param name="Advice">A sentence: what was found and what to do.</param>
public sealed record SourceFinding(SourceVerdict Verdict, bool Refuses, string Advice);
