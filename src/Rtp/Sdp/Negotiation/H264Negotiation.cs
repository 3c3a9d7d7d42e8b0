namespace Avatar2D.Rtp.Sdp;

/// <summary>Profile and level rules of RFC 6184 §8.2.2: the profile is the same both ways, the level only where both allow no asymmetry.</summary>
internal static class H264Negotiation
{
    /// <summary>The level at which we may send: the peer's with asymmetry on both sides, else the lower of both.</summary>
    public static H264Level? SendLevel(H264Parameters peer, H264Parameters ours)
    {
        H264Level? own = ours.EffectiveProfileLevelId.Level;
        H264Level? theirs = peer.ProfileLevelId is H264ProfileLevelId id ? id.Level : own;
        bool asymmetric = peer.LevelAsymmetryAllowed && ours.LevelAsymmetryAllowed;
        if (asymmetric && peer.MaxReceiveLevel is H264Level more && more.Rank > (theirs?.Rank ?? -1))
        {
            return more;
        }

        return asymmetric || own is null || theirs is null ? theirs : H264Level.Lower(own, theirs);
    }

    /// <summary>How well an offered format suits ours: lower is better, null is not at all.</summary>
    public static int? Fit(H264Parameters peer, H264Parameters ours)
    {
        H264ProfileLevelId theirs = peer.EffectiveProfileLevelId;
        H264Profile stream = ours.EffectiveProfileLevelId.Profile;
        if (peer.PacketizationMode != ours.PacketizationMode || !theirs.Decodes(stream))
        {
            return null;
        }

        return theirs.Profile == stream ? 0 : (int)theirs.Profile;
    }

    /// <summary>
    /// Our fmtp in an answer: the offered profile bits as they are. The level is ours where it may differ and we receive
    /// at all; else the lower one, which every peer accepts.
    /// </summary>
    public static FormatParameters Answer(H264Parameters peer, H264Parameters ours, bool receives)
    {
        bool asymmetric = peer.LevelAsymmetryAllowed && ours.LevelAsymmetryAllowed;
        H264ProfileLevelId own = ours.EffectiveProfileLevelId;
        H264ProfileLevelId answer = peer.ProfileLevelId ?? own;
        if (own.Level is H264Level level && answer.Level is H264Level theirs)
        {
            answer = answer.WithLevel(asymmetric && receives ? level : H264Level.Lower(level, theirs));
        }

        return (ours with { ProfileLevelId = answer, LevelAsymmetryAllowed = asymmetric }).ToFormatParameters();
    }
}
