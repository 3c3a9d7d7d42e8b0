namespace Avatar2D.Rtp.Payloads;

/// <summary>What a telephone event packet tells that was not known before.</summary>
public enum TelephoneEventChange
{
    /// <summary>Nothing new: an update, a repeat, a late packet, or not an event.</summary>
    None,

    /// <summary>A key went down. Every event gives this once, even when its first packets were lost.</summary>
    Started,

    /// <summary>The key went up; the duration is final.</summary>
    Ended,

    /// <summary>All but one packet of the event were lost, or it was that short: down and up at once.</summary>
    StartedAndEnded,
}
