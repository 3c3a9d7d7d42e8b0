namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>How far a job has come.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Step">What it does now.</param>
/// <param name="ExpectedAt">When it will end, where the work itself knows; null: by the pace so far.</param>
internal sealed record JobProgress(int Percent, string Step, DateTimeOffset? ExpectedAt = null);
