namespace Avatar2D.Rtp.Rtcp;

/// <summary>Feedback messages that we understand.</summary>
public enum FeedbackKind
{
    /// <summary>None, or one that we skip.</summary>
    None,

    /// <summary>Picture loss indication (RFC 4585 §6.3.1): send a key frame.</summary>
    PictureLoss,

    /// <summary>Full intra request (RFC 5104 §4.3.1): send a key frame.</summary>
    FullIntraRequest,

    /// <summary>Generic NACK (RFC 4585 §6.2.1): packets are missing.</summary>
    Nack,

    /// <summary>TMMBR (RFC 5104 §4.2.1): the most that the peer wants to get; to be answered with TMMBN.</summary>
    TemporaryMaximumBitRate,

    /// <summary>REMB (draft-alvestrand-rmcat-remb): the most that the way to the peer carries.</summary>
    ReceiverEstimatedBitRate,
}
