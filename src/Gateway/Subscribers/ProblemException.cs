namespace Avatar2D.Gateway.Subscribers;

/// <summary>Ends a request with a problem document; caught at the border of the request only.</summary>
internal sealed class ProblemException(Problem problem, string detail) : Exception(detail)
{
    /// <summary>What kind of problem.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>After which time it is worth another try; null: never or unknown.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
