namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>What came of a personalization.</summary>
/// <param name="Verdicts">Of the checks of the source, and last of the gate: "better_than_robust".</param>
/// <param name="Metrics">What the gate measured, JSON; null when it did not come to that.</param>
/// <param name="ModelFolder">Where the model was made; null when it is not to be used.</param>
internal sealed record PersonalizationOutcome(IReadOnlyList<Verdict> Verdicts, string? Metrics, string? ModelFolder);
