namespace Avatar2D.Rtp.Sdp;

/// <summary>Why an exchange failed as a whole.</summary>
public enum OfferAnswerError
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>An offer of ours is open: answer 491 (RFC 3261 §14.2).</summary>
    OfferPending,

    /// <summary>An answer came but no offer of ours is open.</summary>
    NoOfferPending,

    /// <summary>The answer has more lines than the offer.</summary>
    LineCount,

    /// <summary>A line of the answer is of another media than the offer's.</summary>
    MediaMismatch,

    /// <summary>Not one offered line can be accepted: answer 488.</summary>
    NothingAcceptable,
}
