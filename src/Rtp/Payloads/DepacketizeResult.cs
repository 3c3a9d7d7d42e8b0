namespace Avatar2D.Rtp.Payloads;

/// <summary>What became of a video packet.</summary>
public enum DepacketizeResult
{
    /// <summary>Taken in.</summary>
    Accepted,

    /// <summary>Dropped: it comes after its successors, or a second time. Put a reorder buffer in front.</summary>
    Late,

    /// <summary>Dropped: not of the payload format's form; its picture counts as damaged.</summary>
    Malformed,

    /// <summary>Dropped: a packet type that was not negotiated; its picture counts as damaged.</summary>
    Unsupported,
}
