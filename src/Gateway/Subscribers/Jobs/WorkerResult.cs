namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>How a worker process ended.</summary>
/// <param name="ExitCode">Its status; above 128 it was killed by a signal.</param>
/// <param name="Errors">The end of what it wrote to standard error.</param>
/// <param name="TimedOut">It was killed because its time was up.</param>
internal sealed record WorkerResult(int ExitCode, string Errors, bool TimedOut);
