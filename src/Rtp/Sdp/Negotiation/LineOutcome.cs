using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Turns one accepted line into its <see cref="NegotiatedMedia"/>; the same for offers and answers of the peer.</summary>
internal static class LineOutcome
{
    public static NegotiatedMedia For(LineContext context, ImmutableArray<NegotiatedCodec> codecs, MediaDirection direction, bool mux)
    {
        SdpMedia peer = context.Media;
        ImmutableArray<NegotiatedCodec> carriers = [.. codecs.Where(codec => !codec.Receive.IsAuxiliary)];
        NegotiatedCodec chosen = carriers[0];
        NegotiatedCodec? events = codecs.Where(codec => codec.Kind == CodecKind.TelephoneEvent)
            .OrderByDescending(codec => codec.ClockRateHz == chosen.ClockRateHz).FirstOrDefault();
        (RemoteEndpoint rtp, RemoteEndpoint? rtcp) = PeerMedia.Endpoints(context.Session, peer, mux);
        int? ceiling = PeerMedia.Ceiling(context.Session, peer);
        return new()
        {
            Index = 0,
            Kind = peer.Kind,
            Local = context.Local,
            Protocol = peer.Protocol,
            RemoteRtp = rtp,
            RemoteRtcp = rtcp,
            RtcpMux = mux,
            Codec = chosen,
            Codecs = carriers,
            TelephoneEvent = events,
            Events = events is null ? default : TelephoneEvents.From(events.Send.Parameters),
            ComfortNoise = codecs.FirstOrDefault(codec => codec.Kind == CodecKind.ComfortNoise && codec.ClockRateHz == chosen.ClockRateHz),
            Retransmission = context.Local.Source is null ? null
                : codecs.FirstOrDefault(codec => codec.Kind == CodecKind.Rtx && codec.Send.Associated == chosen.SendPayloadType),
            Direction = direction,
            RemoteHold = !PeerMedia.Direction(context.Session, peer).Receives(),
            Feedback = [.. Feedback(peer, chosen.SendPayloadType, context.Capabilities)],
            BandwidthCeilingBps = ceiling,
            RtcpSendersBps = SdpAttributes.ToInt(peer.Bandwidth(SdpBandwidth.RtcpSenders)),
            RtcpReceiversBps = SdpAttributes.ToInt(peer.Bandwidth(SdpBandwidth.RtcpReceivers)),
            Limits = PeerMedia.Limits(peer, chosen, ceiling),
            PreconditionsMet = !context.Capabilities.Preconditions || Preconditions.AreMet(peer),
        };
    }

    /// <summary>Feedback that both sides named for a payload type (RFC 4585 §4.2: an answer adds none); video only.</summary>
    public static IEnumerable<string> Feedback(SdpMedia peer, int payloadType, SdpCapabilities capabilities)
    {
        if (peer.Kind != MediaKind.Video || peer.PayloadFormats().Any(format => format.PayloadType == payloadType && format.IsAuxiliary))
        {
            return [];
        }

        var theirs = peer.Feedback(payloadType).Select(feedback => feedback.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return capabilities.Feedback.Where(theirs.Contains);
    }
}
