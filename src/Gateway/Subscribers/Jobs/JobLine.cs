namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>One line of a job's log.</summary>
internal sealed record JobLine
{
    /// <summary>Growing number.</summary>
    public long Seq { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public required string Text { get; init; }
}
