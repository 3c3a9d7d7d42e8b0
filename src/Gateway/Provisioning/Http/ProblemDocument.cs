namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>A problem document (RFC 9457 §3.1), with the stable code as extension.</summary>
internal sealed record ProblemDocument
{
    /// <summary>Where the kind of problem is explained.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem, for people.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong this time, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>The kind of problem, for programs; it does not change.</summary>
    public required string Code { get; init; }

    /// <summary>Finds the request in the log.</summary>
    public required string TraceId { get; init; }
}
