namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>What the checks say, and whether a package was made.</summary>
/// <param name="Verdicts">One for each check that was made.</param>
/// <param name="HasPackage">The folder is there; only when every verdict passed.</param>
internal sealed record RegistrationOutcome(IReadOnlyList<Verdict> Verdicts, bool HasPackage);
