using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>What we can do in a session, from configuration. Immutable; one value serves many calls.</summary>
public sealed record SdpCapabilities
{
    /// <summary>Opus, PCMU, PCMA, events at both clocks; H.264 in both packetization modes, then H.265.</summary>
    public static SdpCapabilities Default { get; } = new()
    {
        Audio =
        [
            Codec.Opus(new OpusParameters { InbandFec = true }), Codec.Pcmu, Codec.Pcma,
            Codec.TelephoneEvent(48_000), Codec.TelephoneEvent(8000),
        ],
        Video =
        [
            H264(1), H264(0), Codec.H265(),
        ],
    };

    /// <summary>Audio formats, best first; events and comfort noise count only beside a codec of their clock.</summary>
    public required ImmutableArray<PayloadFormat> Audio { get; init; }

    /// <summary>Video formats, best first.</summary>
    public required ImmutableArray<PayloadFormat> Video { get; init; }

    /// <summary>s=.</summary>
    public string SessionName { get; init; } = "-";

    /// <summary>Transport of our own offers; answers mirror what was offered.</summary>
    public string OfferProtocol { get; init; } = RtpProfile.Avp;

    /// <summary>Lines without SRTP are refused; then <see cref="OfferProtocol"/> is a secure one and every line of ours has keys.</summary>
    public bool RequireSrtp { get; init; }

    /// <summary>a=ptime in milliseconds, where the peer has no wish.</summary>
    public int PacketTimeMs { get; init; } = 20;

    /// <summary>RTCP on the RTP port, where the peer does so too.</summary>
    public bool RtcpMux { get; init; } = true;

    /// <summary>Feedback of video lines, as in rtcp-fb.</summary>
    public ImmutableArray<string> Feedback { get; init; } =
        [RtcpFeedback.NackPli, RtcpFeedback.CcmFir, RtcpFeedback.Nack, RtcpFeedback.CcmTmmbr, RtcpFeedback.GoogRemb];

    /// <summary>The orientation of pictures (CVO, 3GPP TS 26.114 §6.2.3) is offered on video lines, and taken where it is offered.</summary>
    public bool VideoOrientation { get; init; }

    /// <summary>b=RS in bit/s, which IMS asks for; null writes none unless the offer had it.</summary>
    public int? RtcpSendersBps { get; init; }

    /// <summary>b=RR in bit/s, which IMS asks for; null writes none unless the offer had it.</summary>
    public int? RtcpReceiversBps { get; init; }

    /// <summary>Answers name one codec, so that a peer cannot change it in mid-stream; false lists all in common.</summary>
    public bool SingleCodecAnswer { get; init; } = true;

    /// <summary>
    /// Preconditions of RFC 3312 are spoken; set it for dialogs where both ends have the option tag "precondition".
    /// </summary>
    public bool Preconditions { get; init; }

    /// <summary>The formats of a kind.</summary>
    public ImmutableArray<PayloadFormat> FormatsOf(MediaKind kind) => kind switch
    {
        MediaKind.Audio => Audio,
        MediaKind.Video => Video,
        _ => [],
    };

    private static PayloadFormat H264(int mode) => Codec.H264(new()
    {
        ProfileLevelId = H264ProfileLevelId.Default,
        PacketizationMode = mode,
        LevelAsymmetryAllowed = true,
    });
}
