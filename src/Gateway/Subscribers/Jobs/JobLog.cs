namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>Log lines of jobs and of the store, ids 1500 to 1599 of the Gateway's range.</summary>
internal static partial class JobLog
{
    [LoggerMessage(1501, LogLevel.Information, "Job {Job} ({Kind}) begins, attempt {Attempt}")]
    public static partial void Begins(ILogger logger, string job, string kind, int attempt);

    [LoggerMessage(1502, LogLevel.Information, "Job {Job} ended: {State}")]
    public static partial void Ended(ILogger logger, string job, string state);

    [LoggerMessage(1503, LogLevel.Error, "Job {Job} failed")]
    public static partial void Failed(ILogger logger, string job, Exception exception);

    [LoggerMessage(1504, LogLevel.Warning, "Job {Job} is no longer this worker's: its lease ran out, or it was deleted")]
    public static partial void Lost(ILogger logger, string job);

    [LoggerMessage(1505, LogLevel.Warning, "The job queue cannot be read; it is tried again: {Reason}")]
    public static partial void QueueFailed(ILogger logger, string reason);

    [LoggerMessage(1506, LogLevel.Warning, "First operator key, shown this once: {Secret}")]
    public static partial void FirstKey(ILogger logger, string secret);

    [LoggerMessage(1507, LogLevel.Warning, "The store cannot be followed; calls go on with what is known: {Reason}")]
    public static partial void FollowFailed(ILogger logger, string reason);

    [LoggerMessage(1508, LogLevel.Information, "Retention: {What}")]
    public static partial void Retained(ILogger logger, string what);

    [LoggerMessage(1509, LogLevel.Warning, "Clean-up of the store failed; it is tried again: {Reason}")]
    public static partial void CleanUpFailed(ILogger logger, string reason);
}
