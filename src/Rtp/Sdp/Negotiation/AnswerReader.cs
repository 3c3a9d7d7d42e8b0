using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Reads a peer's answer to our open offer.</summary>
internal static class AnswerReader
{
    public static OfferAnswerError Check(SdpSession offer, SdpSession answer)
    {
        if (answer.Media.Length > offer.Media.Length)
        {
            return OfferAnswerError.LineCount;
        }

        for (int i = 0; i < answer.Media.Length; i++)
        {
            if (!string.Equals(answer.Media[i].Media, offer.Media[i].Media, StringComparison.OrdinalIgnoreCase))
            {
                return OfferAnswerError.MediaMismatch;
            }
        }

        return OfferAnswerError.None;
    }

    public static AnsweredOffer Read(OfferAnswerState state, SdpSession answer, SdpCapabilities capabilities)
    {
        var slots = ImmutableArray.CreateBuilder<MediaSlot>(state.PendingSlots.Length);
        var outcome = ImmutableArray.CreateBuilder<NegotiatedMedia>(state.PendingSlots.Length);
        SdpSession offer = state.PendingOffer!; // The caller has checked that an offer is open.
        for (int i = 0; i < state.PendingSlots.Length; i++)
        {
            MediaSlot slot = state.PendingSlots[i];

            // Peers that leave refused lines out at the end (against RFC 3264 §6) are read as refusing them.
            SdpMedia? line = i < answer.Media.Length ? answer.Media[i] : null;
            NegotiatedMedia media = ReadLine(answer, line, offer.Media[i], slot, capabilities) with { Index = i };
            outcome.Add(media);
            slots.Add(Next(slot, line, media));
        }

        var negotiated = new NegotiatedSession(outcome.ToImmutable());
        OfferAnswerState after = state with
        {
            Local = offer,
            Remote = answer,
            PendingOffer = null,
            PendingSlots = [],
            Slots = slots.ToImmutable(),
            Negotiated = negotiated,
        };
        return new(after, negotiated);
    }

    private static NegotiatedMedia ReadLine(SdpSession answer, SdpMedia? line, SdpMedia offered, MediaSlot slot, SdpCapabilities capabilities)
    {
        var dead = new NegotiatedMedia { Index = 0, Kind = slot.Kind, Protocol = slot.Protocol, Rejection = MediaRejection.ByPeer };
        if (slot.Local is not LocalMedia local)
        {
            return dead with { Rejection = MediaRejection.NotWanted };
        }

        if (line is null || line.Port == 0)
        {
            return dead;
        }

        bool secure = RtpProfile.IsSdesSecure(line.Protocol);
        bool isDtls = RtpProfile.IsDtlsSecure(line.Protocol);
        if ((!secure && !isDtls && !RtpProfile.IsPlain(line.Protocol)) || secure != RtpProfile.IsSdesSecure(offered.Protocol)
            || isDtls != RtpProfile.IsDtlsSecure(offered.Protocol))
        {
            return dead with { Rejection = MediaRejection.Protocol };
        }

        SdpCrypto? theirs = null;
        SdpCrypto? ours = null;
        if (RtpProfile.MayHaveSdes(line.Protocol))
        {
            theirs = line.Cryptos().FirstOrDefault();
            ours = theirs is null ? null : offered.Cryptos().FirstOrDefault(own => own.Tag == theirs.Tag && theirs.Suits(own));
        }

        // Keys that answer none of ours stand for nothing on a plain transport.
        theirs = ours is null ? null : theirs;
        NegotiatedDtls? dtls = isDtls ? DtlsLines.AgreedBy(answer, line) : null;
        if (ours is null && dtls is null && (secure || isDtls || capabilities.RequireSrtp))
        {
            return dead with { Rejection = MediaRejection.Protocol };
        }

        ImmutableArray<NegotiatedCodec> codecs =
            [.. CodecMatcher.MatchAnswer(line.PayloadFormats(), slot.Ours).Select(match => new NegotiatedCodec(match.Answered, match.Ours))];
        if (codecs.All(codec => codec.Receive.IsAuxiliary))
        {
            return dead with { Rejection = MediaRejection.NoCommonCodec };
        }

        MediaDirection ourOffer = offered.Direction ?? MediaDirection.SendRecv;
        MediaDirection direction = ourOffer.Intersect(PeerMedia.Direction(answer, line).Reverse());
        bool mux = offered.RtcpMux && line.RtcpMux;
        return LineOutcome.For(new(answer, line, capabilities, local), codecs, direction, mux) with
        {
            LocalIndex = slot.LocalIndex,
            LocalCrypto = ours,
            RemoteCrypto = theirs,
            Dtls = dtls,
            OrientationId = AgreedOrientation(offered, line),
            PacketTimeMs = PeerMedia.PacketTimeMs(line, slot.PacketTimeMs ?? capabilities.PacketTimeMs),
        };
    }

    /// <summary>An answer keeps the identifier of the offer (RFC 8285 §6); another one, or one that was not offered, stands for nothing.</summary>
    private static int? AgreedOrientation(SdpMedia offered, SdpMedia line) =>
        line.Extension(ExtMap.VideoOrientation) is { } map && map.Id == offered.Extension(ExtMap.VideoOrientation)?.Id ? map.Id : null;

    private static MediaSlot Next(MediaSlot slot, SdpMedia? line, NegotiatedMedia media)
    {
        MediaSlot bound = slot.Bind(slot.Ours).Bind(line?.PayloadFormats() ?? []);
        return media.Accepted
            ? bound with
            {
                Active = true,
                Encrypted = media.LocalCrypto is not null,
                Dtls = media.Dtls,
                Current = media.Codec!.Receive,
                OrientationId = media.OrientationId ?? slot.OrientationId,
                PeerPrecondition = Preconditions.PeerStatus(line!), // An accepted line was written.
                PacketTimeMs = media.Kind == MediaKind.Audio ? media.PacketTimeMs : null,
            }
            : bound with { Active = false, Local = null, LocalIndex = -1 };
    }
}
