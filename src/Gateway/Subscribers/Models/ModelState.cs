namespace Avatar2D.Gateway.Subscribers.Models;

/// <summary>Where a personal model stands.</summary>
internal enum ModelState
{
    /// <summary>Its job waits or runs.</summary>
    Training,

    /// <summary>It beat the robust model on the held-out seconds, and can speak.</summary>
    Ready,

    /// <summary>The gate did not let it through; there are only its figures.</summary>
    Rejected,

    /// <summary>Something broke on our side, or the job was cancelled.</summary>
    Failed,
}
