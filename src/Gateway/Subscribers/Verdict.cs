namespace Avatar2D.Gateway.Subscribers;

/// <summary>What one check says about a source.</summary>
/// <param name="Code">Stable name of the check, "face_too_small".</param>
/// <param name="Passed">False: the source cannot be used because of it.</param>
/// <param name="Message">What was found, with the figure.</param>
/// <param name="Advice">What to do about it; null when passed.</param>
internal sealed record Verdict(string Code, bool Passed, string Message, string? Advice = null);
