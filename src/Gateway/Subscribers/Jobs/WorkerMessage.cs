namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>One line that a worker process writes: progress, or at the end the outcome, or why it could not be.</summary>
internal sealed record WorkerMessage
{
    /// <summary>How far it is, 0 to 100.</summary>
    public int? Percent { get; init; }

    /// <summary>What it does.</summary>
    public string? Step { get; init; }

    /// <summary>The verdicts, once, at the end.</summary>
    public IReadOnlyList<Verdict>? Verdicts { get; init; }

    /// <summary>The package was made.</summary>
    public bool HasPackage { get; init; }

    /// <summary>Something broke that is not the source's fault.</summary>
    public string? Error { get; init; }
}
