using System.Text.Json;
using Avatar2D.Gateway.Subscribers.Jobs;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A job as the API shows it.</summary>
internal sealed record JobView
{
    /// <summary>"job_...".</summary>
    public required string Id { get; init; }

    /// <summary>register or personalize.</summary>
    public JobKind Kind { get; init; }

    /// <summary>For whom.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>For which avatar.</summary>
    public required string AvatarId { get; init; }

    /// <summary>queued, running, succeeded, rejected, failed or cancelled.</summary>
    public JobState State { get; init; }

    /// <summary>0 to 100.</summary>
    public int Percent { get; init; }

    /// <summary>What it does at the moment.</summary>
    public required string Step { get; init; }

    /// <summary>Seconds that are left by the pace so far; null while that cannot be said.</summary>
    public double? EtaSeconds { get; init; }

    /// <summary>Why it did not succeed.</summary>
    public string? Failure { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>What came of it: verdicts, or the gate's report.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>When it was queued.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was begun last.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The view of a job at a moment.</summary>
    public static JobView Of(Job job, DateTimeOffset now) => new()
    {
        Id = job.Id,
        Kind = job.Kind,
        SubscriberId = job.SubscriberId,
        AvatarId = job.AvatarId,
        State = job.State,
        Percent = job.Percent,
        Step = job.CancelRequested && !job.IsOver ? "is being cancelled" : job.Step,
        EtaSeconds = job.RemainingAt(now) is { } left ? Math.Round(left.TotalSeconds, 1) : null,
        Failure = job.Failure,
        Attempts = job.Attempts,
        Result = job.Result is null ? null : JsonSerializer.Deserialize<JsonElement>(job.Result),
        CreatedAt = job.CreatedAt,
        StartedAt = job.StartedAt,
        FinishedAt = job.FinishedAt,
    };
}
