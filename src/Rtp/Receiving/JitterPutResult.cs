namespace Avatar2D.Rtp.Receiving;

/// <summary>What became of a packet that was put into a <see cref="JitterBuffer"/>.</summary>
public enum JitterPutResult
{
    /// <summary>Kept until its time.</summary>
    Accepted,

    /// <summary>Kept; the buffer was emptied and its clock set anew (new SSRC, jump of timestamps or sequence numbers).</summary>
    Resynchronised,

    /// <summary>Dropped: already here, or already played.</summary>
    Duplicate,

    /// <summary>Dropped: its time has passed.</summary>
    Late,

    /// <summary>Dropped: longer than a slot.</summary>
    TooLong,
}
