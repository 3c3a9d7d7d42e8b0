using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Reads from a peer's m-line what does not depend on ours.</summary>
internal static class PeerMedia
{
    /// <summary>Share of b=AS that is left for the media: IP, UDP and RTP headers take about 40 of 900 bytes.</summary>
    private const double MediaShare = 0.95;

    /// <summary>Direction from the peer's view; an unspecified address takes its receiving away (hold of RFC 2543).</summary>
    public static MediaDirection Direction(SdpSession session, SdpMedia media)
    {
        MediaDirection direction = session.DirectionOf(media);
        return session.ConnectionOf(media).IsUnspecified ? direction.Intersect(MediaDirection.SendOnly) : direction;
    }

    /// <summary>Where RTP and RTCP go.</summary>
    public static (RemoteEndpoint Rtp, RemoteEndpoint? Rtcp) Endpoints(SdpSession session, SdpMedia media, bool mux)
    {
        var rtp = new RemoteEndpoint(session.ConnectionOf(media).Address, media.Port);
        if (mux)
        {
            return (rtp, rtp);
        }

        if (RtcpAddress.TryParse(media.Attribute("rtcp"), out RtcpAddress? rtcp))
        {
            return (rtp, rtcp!.Port == 0 ? null : new(rtcp.Address ?? rtp.Host, rtcp.Port));
        }

        return (rtp, media.Port == 65_535 ? null : rtp with { Port = media.Port + 1 });
    }

    /// <summary>Media bits per second that the peer allows. A zero is how some peers write "unset": it sets nothing.</summary>
    public static int? Ceiling(SdpSession session, SdpMedia media)
    {
        long? transport = NotZero(media.Bandwidth(SdpBandwidth.TransportIndependent));
        long? application = NotZero(media.Bandwidth(SdpBandwidth.ApplicationSpecific)) ?? Share(session, media);
        double? bits = application * 1000 * MediaShare;
        if (transport is not null && !(bits < transport))
        {
            bits = transport;
        }

        return bits is double value ? (int)Math.Min(value, int.MaxValue) : null;
    }

    /// <summary>Packet time for what we send: the peer's wish, within its maximum and 10 to 60 ms in steps of 10.</summary>
    public static int PacketTimeMs(SdpMedia media, int otherwise)
    {
        int time = Math.Min(media.PacketTimeMs ?? otherwise, media.MaxPacketTimeMs ?? 60);
        return Math.Clamp(time / 10 * 10, 10, 60);
    }

    /// <summary>What the peer's decoder takes, all its wishes in one.</summary>
    public static VideoLimits? Limits(SdpMedia media, NegotiatedCodec codec, int? ceiling)
    {
        VideoLimits? limits = codec.Kind switch
        {
            CodecKind.H264 => VideoLimits.ForH264(H264Parameters.From(codec.Send.Parameters), codec.SendProfileLevel?.Level),
            CodecKind.H265 => VideoLimits.ForH265(H265Parameters.From(codec.Send.Parameters)),
            _ => null,
        };
        return limits is null ? null : limits with
        {
            MaxBitrateBps = Math.Min(limits.MaxBitrateBps, ceiling ?? int.MaxValue),
            MaxFrameRate = media.FrameRate is double rate ? Math.Min(rate, limits.MaxFrameRate ?? rate) : limits.MaxFrameRate,
            Sizes = Sizes(media, codec.SendPayloadType),
        };
    }

    private static ImmutableArray<ImageSet> Sizes(SdpMedia media, int payloadType)
    {
        ImageAttr? any = null;
        foreach (string value in media.AttributeValues("imageattr"))
        {
            if (ImageAttr.TryParse(value, out ImageAttr? image) && (image!.PayloadType is null || image.PayloadType == payloadType))
            {
                any = image.PayloadType is not null ? image : any ?? image;
            }
        }

        return any is null ? [] : [.. any.Receive.OrderByDescending(set => set.Preference)];
    }

    /// <summary>What the session's b=AS leaves for a line that has none, after the lines that have.</summary>
    private static long? Share(SdpSession session, SdpMedia media)
    {
        if (NotZero(session.Bandwidth(SdpBandwidth.ApplicationSpecific)) is not long all)
        {
            return null;
        }

        long others = session.Media.Where(line => line != media && line.Port != 0)
            .Sum(line => Math.Min(line.Bandwidth(SdpBandwidth.ApplicationSpecific) ?? 0, all));
        return Math.Max(all - others, 32);
    }

    private static long? NotZero(long? value) => value > 0 ? Math.Min(value.Value, int.MaxValue) : null;
}
