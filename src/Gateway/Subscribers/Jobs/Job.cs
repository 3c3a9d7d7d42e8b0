namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>A job of the queue.</summary>
internal sealed record Job
{
    /// <summary>"job_...".</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public JobKind Kind { get; init; }

    /// <summary>For whom.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>For which avatar.</summary>
    public required string AvatarId { get; init; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; init; }

    /// <summary>0 to 100.</summary>
    public int Percent { get; init; }

    /// <summary>What it does at the moment.</summary>
    public required string Step { get; init; }

    /// <summary>Why it failed or was rejected.</summary>
    public string? Failure { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Its worker is to stop.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Who holds it.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Until when, unless renewed.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>What came of it, as JSON.</summary>
    public string? Result { get; init; }

    /// <summary>When it was queued.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was begun last.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it will end, where its worker knows.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>True when nothing more will happen.</summary>
    public bool IsOver => State is not (JobState.Queued or JobState.Running);

    /// <summary>What is left, by its worker's word or else by the pace so far; null while that cannot be said.</summary>
    public TimeSpan? RemainingAt(DateTimeOffset now)
    {
        if (State != JobState.Running)
            return null;
        if (ExpectedAt is { } end)
            return end > now ? end - now : TimeSpan.Zero;
        return StartedAt is { } start && Percent is > 0 and < 100 ? (now - start) / Percent * (100 - Percent) : null;
    }
}
