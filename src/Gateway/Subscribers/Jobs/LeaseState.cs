namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>What a worker learns when it renews its hold on a job.</summary>
internal enum LeaseState
{
    /// <summary>Go on.</summary>
    Held,

    /// <summary>Stop: somebody has cancelled the job.</summary>
    CancelRequested,

    /// <summary>Stop and write nothing: the job is another worker's, or gone.</summary>
    Lost,
}
