namespace Avatar2D.Rtp.Sdp;

/// <summary>Why a media line carries nothing.</summary>
public enum MediaRejection
{
    /// <summary>It was accepted.</summary>
    None,

    /// <summary>The peer wrote port 0.</summary>
    ByPeer,

    /// <summary>We want no such line (any more).</summary>
    NotWanted,

    /// <summary>A media word that we never carry.</summary>
    UnknownMedia,

    /// <summary>A transport that we do not speak, or SRTP without a common suite.</summary>
    Protocol,

    /// <summary>No codec in common.</summary>
    NoCommonCodec,
}
