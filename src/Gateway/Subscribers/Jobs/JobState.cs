namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobState
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>A worker holds it.</summary>
    Running,

    /// <summary>Done, with a result.</summary>
    Succeeded,

    /// <summary>Done; the source did not pass the checks, or the new model did not pass the gate.</summary>
    Rejected,

    /// <summary>Something broke.</summary>
    Failed,

    /// <summary>Somebody has cancelled it.</summary>
    Cancelled,
}
