namespace Avatar2D.Gateway.Subscribers;

/// <summary>Where an avatar stands.</summary>
internal enum AvatarState
{
    /// <summary>Its job waits or runs.</summary>
    Processing,

    /// <summary>Its package is there; it may be shown when its person has consented.</summary>
    Ready,

    /// <summary>Its source did not pass the checks; the verdicts say why and what to do.</summary>
    Rejected,

    /// <summary>Something broke on our side; it may be tried again.</summary>
    Failed,
}
