namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>What a job does.</summary>
internal enum JobKind
{
    /// <summary>Photo or video to avatar package.</summary>
    Register,

    /// <summary>A model of the person's own, from their video.</summary>
    Personalize,
}
