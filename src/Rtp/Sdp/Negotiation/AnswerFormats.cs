namespace Avatar2D.Rtp.Sdp;

/// <summary>Our format in an answer: the offered payload type with our parameters, adapted where the codec asks for it.</summary>
internal static class AnswerFormats
{
    public static PayloadFormat For(PayloadFormat offered, PayloadFormat ours, bool receives) => offered with
    {
        Parameters = ours.Kind switch
        {
            CodecKind.H264 => H264Negotiation.Answer(H264Parameters.From(offered.Parameters), H264Parameters.From(ours.Parameters), receives),
            CodecKind.H265 => H265(H265Parameters.From(offered.Parameters), H265Parameters.From(ours.Parameters)),
            CodecKind.TelephoneEvent => FormatParameters.Parse(
                TelephoneEvents.From(ours.Parameters).Intersect(TelephoneEvents.From(offered.Parameters)).ToString()),
            CodecKind.Amr or CodecKind.AmrWb => offered.Parameters,
            _ => ours.Parameters,
        },
    };

    /// <summary>Profile and tier as offered, the lower level (RFC 7798 §7.2.2).</summary>
    private static FormatParameters H265(H265Parameters offered, H265Parameters ours) => (ours with
    {
        ProfileId = offered.ProfileId,
        HighTier = offered.HighTier,
        LevelId = Math.Min(offered.LevelId, ours.LevelId),
    }).ToFormatParameters();
}
