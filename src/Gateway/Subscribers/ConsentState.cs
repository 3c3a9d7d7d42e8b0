namespace Avatar2D.Gateway.Subscribers;

/// <summary>Where a consent stands.</summary>
internal enum ConsentState
{
    /// <summary>Given by the person's own token; an operator has not yet seen the proof.</summary>
    Pending,

    /// <summary>In force.</summary>
    Approved,

    /// <summary>Withdrawn, for good; the avatar is no longer shown.</summary>
    Withdrawn,
}
