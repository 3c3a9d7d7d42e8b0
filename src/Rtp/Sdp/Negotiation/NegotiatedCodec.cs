namespace Avatar2D.Rtp.Sdp;

/// <summary>A codec agreed on, once as the peer wrote it and once as we did.</summary>
/// <param name="Send">The peer's view: the payload type that we send with, and what the peer wants to receive.</param>
/// <param name="Receive">Our view: the payload type that comes in, and what we asked for.</param>
public sealed record NegotiatedCodec(PayloadFormat Send, PayloadFormat Receive)
{
    /// <summary>The codec.</summary>
    public CodecKind Kind => Receive.Kind;

    /// <summary>Payload type to send.</summary>
    public int SendPayloadType => Send.PayloadType;

    /// <summary>Payload type to expect.</summary>
    public int ReceivePayloadType => Receive.PayloadType;

    /// <summary>RTP clock.</summary>
    public int ClockRateHz => Receive.ClockRateHz;

    /// <summary>Audio channels of rtpmap (always 2 for Opus).</summary>
    public int Channels => Receive.Channels;

    /// <summary>H.264 packetization-mode to send with: what the peer allows, and never above what we offered.</summary>
    public int PacketizationMode => Kind != CodecKind.H264 ? 0
        : Math.Min(H264Parameters.From(Send.Parameters).PacketizationMode, H264Parameters.From(Receive.Parameters).PacketizationMode);

    /// <summary>H.264 profile to send and the level we may send at; null for other codecs.</summary>
    public H264ProfileLevelId? SendProfileLevel
    {
        get
        {
            if (Kind != CodecKind.H264)
            {
                return null;
            }

            H264Parameters peer = H264Parameters.From(Send.Parameters);
            H264ProfileLevelId ours = H264Parameters.From(Receive.Parameters).EffectiveProfileLevelId;
            H264ProfileLevelId profile = peer.ProfileLevelId ?? ours;
            return H264Negotiation.SendLevel(peer, H264Parameters.From(Receive.Parameters)) is H264Level level ? profile.WithLevel(level) : profile;
        }
    }
}
