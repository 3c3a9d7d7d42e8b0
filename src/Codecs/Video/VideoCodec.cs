namespace Avatar2D.Codecs.Video;

/// <summary>Video codings of a call.</summary>
public enum VideoCodec
{
    /// <summary>ITU-T H.264 (AVC), RTP payload of RFC 6184.</summary>
    H264,

    /// <summary>ITU-T H.265 (HEVC), RTP payload of RFC 7798.</summary>
    H265,
}
