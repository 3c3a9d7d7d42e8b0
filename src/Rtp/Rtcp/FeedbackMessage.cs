namespace Avatar2D.Rtp.Rtcp;

/// <summary>One feedback message about a stream of ours.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="SenderSsrc">Who asks.</param>
/// <param name="MediaSsrc">The stream that is meant; some peers send 0.</param>
/// <param name="FirSequence">Command number of a FIR (0 to 255), so that repeats are told from new requests; else 0.</param>
/// <param name="NackPacketId">First lost sequence number of a NACK (PID); else 0.</param>
/// <param name="NackBitmap">Bit n: packet PID + n + 1 is lost too (BLP); else 0.</param>
/// <param name="BitRateBps">Of TMMBR and REMB, bit/s; else 0.</param>
public readonly record struct FeedbackMessage(
    FeedbackKind Kind,
    uint SenderSsrc,
    uint MediaSsrc,
    byte FirSequence = 0,
    ushort NackPacketId = 0,
    ushort NackBitmap = 0,
    int BitRateBps = 0)
{
    /// <summary>True for the kinds that ask for a key frame.</summary>
    public bool AsksForKeyFrame => Kind is FeedbackKind.PictureLoss or FeedbackKind.FullIntraRequest;

    /// <summary>True for the kinds that name a bit rate.</summary>
    public bool LimitsBitRate => Kind is FeedbackKind.TemporaryMaximumBitRate or FeedbackKind.ReceiverEstimatedBitRate;
}
