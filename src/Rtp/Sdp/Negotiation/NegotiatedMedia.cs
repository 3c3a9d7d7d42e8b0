using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>The outcome of an exchange for one m-line, from our view.</summary>
public sealed record NegotiatedMedia
{
    /// <summary>Place of the m-line in the description, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Audio, video or other.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>Why the line is dead; None when it lives.</summary>
    public MediaRejection Rejection { get; init; }

    /// <summary>True when the line lives; then <see cref="Codec"/>, <see cref="Local"/> and <see cref="RemoteRtp"/> are set.</summary>
    public bool Accepted => Rejection == MediaRejection.None;

    /// <summary>Place of our line in the list of wanted lines; -1 when dead.</summary>
    public int LocalIndex { get; init; } = -1;

    /// <summary>Our line.</summary>
    public LocalMedia? Local { get; init; }

    /// <summary>Transport in the description.</summary>
    public string Protocol { get; init; } = RtpProfile.Avp;

    /// <summary>Where RTP goes; on old-style hold the address is unspecified.</summary>
    public RemoteEndpoint? RemoteRtp { get; init; }

    /// <summary>Where RTCP goes: a=rtcp, the RTP port with mux, or the next port.</summary>
    public RemoteEndpoint? RemoteRtcp { get; init; }

    /// <summary>True when both sides multiplex RTCP.</summary>
    public bool RtcpMux { get; init; }

    /// <summary>The codec to send with.</summary>
    public NegotiatedCodec? Codec { get; init; }

    /// <summary>All codecs that may come in, the one to send with included.</summary>
    public ImmutableArray<NegotiatedCodec> Codecs { get; init; } = [];

    /// <summary>Telephone events, or null.</summary>
    public NegotiatedCodec? TelephoneEvent { get; init; }

    /// <summary>Event codes that the peer takes.</summary>
    public TelephoneEvents Events { get; init; }

    /// <summary>Comfort noise, or null.</summary>
    public NegotiatedCodec? ComfortNoise { get; init; }

    /// <summary>Packets that are sent again in a stream of their own (RFC 4588); null: they are sent again as they were.</summary>
    public NegotiatedCodec? Retransmission { get; init; }

    /// <summary>Identifier of the video orientation, 1 to 14 (RFC 8285); null without it.</summary>
    public int? OrientationId { get; init; }

    /// <summary>What we do.</summary>
    public MediaDirection Direction { get; init; }

    /// <summary>True when the peer takes nothing: sendonly, inactive, or the old c=0.0.0.0.</summary>
    public bool RemoteHold { get; init; }

    /// <summary>Milliseconds of audio in a packet that we send.</summary>
    public int PacketTimeMs { get; init; } = 20;

    /// <summary>Feedback in use, such as "nack pli"; a peer may send PLI without it all the same.</summary>
    public ImmutableArray<string> Feedback { get; init; } = [];

    /// <summary>Ceiling of the media bits per second from the peer's b= lines; null where open.</summary>
    public int? BandwidthCeilingBps { get; init; }

    /// <summary>The peer's b=RS in bit/s, or null.</summary>
    public int? RtcpSendersBps { get; init; }

    /// <summary>The peer's b=RR in bit/s, or null.</summary>
    public int? RtcpReceiversBps { get; init; }

    /// <summary>What the peer's video decoder takes; null for audio.</summary>
    public VideoLimits? Limits { get; init; }

    /// <summary>Our SRTP key, or null without SRTP.</summary>
    public SdpCrypto? LocalCrypto { get; init; }

    /// <summary>The peer's SRTP key, or null without SRTP.</summary>
    public SdpCrypto? RemoteCrypto { get; init; }

    /// <summary>DTLS-SRTP, or null without it.</summary>
    public NegotiatedDtls? Dtls { get; init; }

    /// <summary>
    /// False while the peer waits for resources that it calls mandatory (RFC 3312): answer in 183 and ring or send only
    /// after its UPDATE says that they are there.
    /// </summary>
    public bool PreconditionsMet { get; init; } = true;

    /// <summary>True when the line carries something from us.</summary>
    public bool Sends => Accepted && Direction.Sends();

    /// <summary>True when the line carries something to us.</summary>
    public bool Receives => Accepted && Direction.Receives();

    /// <summary>What differs from an earlier outcome for the same line; null stands for a line that was not there.</summary>
    public MediaChanges ChangesSince(NegotiatedMedia? before)
    {
        bool lived = before is { Accepted: true } && before.Kind == Kind;
        if (!lived || !Accepted)
        {
            return lived ? MediaChanges.Removed : Accepted ? MediaChanges.Added : MediaChanges.None;
        }

        MediaChanges changes = MediaChanges.None;
        changes |= Direction != before!.Direction || RemoteHold != before.RemoteHold ? MediaChanges.Direction : 0;
        changes |= EndpointEquals(before) ? 0 : MediaChanges.Endpoint;
        changes |= CodecEquals(before) ? 0 : MediaChanges.Codec;
        changes |= LimitsEqual(before) ? 0 : MediaChanges.Limits;
        changes |= Protocol == before.Protocol && LocalCrypto == before.LocalCrypto && RemoteCrypto == before.RemoteCrypto && Dtls == before.Dtls
            ? 0 : MediaChanges.Security;
        return changes;
    }

    private bool EndpointEquals(NegotiatedMedia other) =>
        RemoteRtp == other.RemoteRtp && RemoteRtcp == other.RemoteRtcp && RtcpMux == other.RtcpMux
        && Local!.Address == other.Local!.Address && Local.Port == other.Local.Port && Local.RtcpPort == other.Local.RtcpPort;

    private bool CodecEquals(NegotiatedMedia other) =>
        Stream(Codec!) == Stream(other.Codec!)
        && TelephoneEvent?.SendPayloadType == other.TelephoneEvent?.SendPayloadType
        && TelephoneEvent?.ReceivePayloadType == other.TelephoneEvent?.ReceivePayloadType
        && ComfortNoise?.SendPayloadType == other.ComfortNoise?.SendPayloadType;

    private bool LimitsEqual(NegotiatedMedia other) =>
        PacketTimeMs == other.PacketTimeMs && BandwidthCeilingBps == other.BandwidthCeilingBps
        && Feedback.SequenceEqual(other.Feedback) && Codec!.Send.Parameters == other.Codec!.Send.Parameters
        && (Limits is null) == (other.Limits is null)
        && (Limits is null || (Limits with { Sizes = other.Limits!.Sizes } == other.Limits && SizesEqual(Limits.Sizes, other.Limits.Sizes)));

    private static bool SizesEqual(ImmutableArray<ImageSet> a, ImmutableArray<ImageSet> b) =>
        a.Select(set => set.ToText()).SequenceEqual(b.Select(set => set.ToText()));

    private static (CodecKind, int, int, int, int) Stream(NegotiatedCodec codec) =>
        (codec.Kind, codec.SendPayloadType, codec.ReceivePayloadType, codec.ClockRateHz, codec.PacketizationMode);
}
