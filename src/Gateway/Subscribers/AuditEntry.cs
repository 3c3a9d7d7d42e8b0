namespace Avatar2D.Gateway.Subscribers;

/// <summary>One line of the audit log: who did what to whom.</summary>
internal sealed record AuditEntry
{
    /// <summary>Number of the line, growing.</summary>
    public long Seq { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Key or "gateway".</summary>
    public required string Actor { get; init; }

    /// <summary>"subscriber.create", "consent.withdraw", ...</summary>
    public required string Action { get; init; }

    /// <summary>Whose.</summary>
    public string? SubscriberId { get; init; }

    /// <summary>Id of what was touched.</summary>
    public string? Target { get; init; }

    /// <summary>One line more; never a secret, never a name or number of a person.</summary>
    public string? Detail { get; init; }
}
