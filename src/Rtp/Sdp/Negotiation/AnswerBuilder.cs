using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Makes our answers.</summary>
internal static class AnswerBuilder
{
    public static AnswerResult? Build(OfferAnswerState state, SdpSession offer, SdpCapabilities capabilities, ImmutableArray<LocalMedia> wanted)
    {
        ImmutableArray<LineChoice> choices = Choose(state, offer, capabilities, wanted);
        if (choices.All(choice => choice.Local is null) && offer.Media.Any(line => line.Port != 0))
        {
            return null;
        }

        string address = SessionWriter.AddressFor(state, choices.Select(choice => choice.Local));
        var media = ImmutableArray.CreateBuilder<SdpMedia>(choices.Length);
        var slots = ImmutableArray.CreateBuilder<MediaSlot>(choices.Length);
        var outcome = ImmutableArray.CreateBuilder<NegotiatedMedia>(choices.Length);
        for (int i = 0; i < choices.Length; i++)
        {
            SdpMedia offered = offer.Media[i];
            MediaSlot slot = SlotFor(state, offered, i);
            if (choices[i].Local is LocalMedia local)
            {
                Accept(new(offer, offered, capabilities, local), choices[i], slot, address, media, slots, outcome);
            }
            else
            {
                media.Add(MediaLineWriter.Dead(offered.Media, offered.Protocol, offered.Formats, offered.Mid));
                slots.Add((slot with
                {
                    Active = false,
                    Local = null,
                    LocalIndex = -1,
                    Protocol = offered.Protocol,
                    Formats = offered.Formats,
                    Mid = offered.Mid,
                }).Bind(offered.PayloadFormats()));
                outcome.Add(new() { Index = i, Kind = offered.Kind, Protocol = offered.Protocol, Rejection = choices[i].Rejection });
            }
        }

        (OfferAnswerState after, SdpSession sdp) = SessionWriter.Describe(state, capabilities, address, media.ToImmutable());
        var negotiated = new NegotiatedSession(outcome.ToImmutable());
        after = after with { Local = sdp, Remote = offer, Negotiated = negotiated, Slots = slots.ToImmutable() };
        return new(after, sdp, negotiated);
    }

    private static MediaSlot SlotFor(OfferAnswerState state, SdpMedia offered, int index) =>
        index < state.Slots.Length && state.Slots[index].Media == offered.Media
            ? state.Slots[index]
            : new MediaSlot { Media = offered.Media, Protocol = offered.Protocol };

    /// <summary>Decides every line; each wanted line serves the first offered line of its kind that we can take.</summary>
    private static ImmutableArray<LineChoice> Choose(
        OfferAnswerState state, SdpSession offer, SdpCapabilities capabilities, ImmutableArray<LocalMedia> wanted)
    {
        var free = new bool[wanted.Length];
        Array.Fill(free, true);
        var choices = ImmutableArray.CreateBuilder<LineChoice>(offer.Media.Length);
        for (int i = 0; i < offer.Media.Length; i++)
        {
            SdpMedia offered = offer.Media[i];
            int index = -1;
            for (int candidate = wanted.Length - 1; candidate >= 0; candidate--)
            {
                index = free[candidate] && wanted[candidate].Kind == offered.Kind ? candidate : index;
            }

            LineChoice choice = Choose(SlotFor(state, offered, i), offer, offered, capabilities, index < 0 ? null : wanted[index], index);
            if (choice.Local is not null)
            {
                free[index] = false;
            }

            choices.Add(choice);
        }

        return choices.ToImmutable();
    }

    private static LineChoice Choose(MediaSlot slot, SdpSession offer, SdpMedia offered, SdpCapabilities capabilities, LocalMedia? local, int index)
    {
        if (offered.Port == 0)
        {
            return LineChoice.Refuse(MediaRejection.ByPeer);
        }

        if (offered.Kind == MediaKind.Other)
        {
            return LineChoice.Refuse(MediaRejection.UnknownMedia);
        }

        if (local is null)
        {
            return LineChoice.Refuse(MediaRejection.NotWanted);
        }

        SdpCrypto? theirs = null;
        SdpCrypto? ours = null;
        if (RtpProfile.MayHaveSdes(offered.Protocol))
        {
            // On a plain transport the keys are a wish that we grant (RFC 8643).
            theirs = offered.Cryptos().FirstOrDefault(crypto => local.Cryptos.Any(crypto.Suits));
            ours = local.Cryptos.FirstOrDefault(own => own.Suite == theirs?.Suite);
        }

        NegotiatedDtls? dtls = RtpProfile.IsDtlsSecure(offered.Protocol) && local.Dtls is not null && capabilities.RtcpMux
            ? DtlsLines.AnswerTo(offer, offered, slot.Dtls?.IsClient) : null;
        if (theirs is null && dtls is null && (capabilities.RequireSrtp || !RtpProfile.IsPlain(offered.Protocol)))
        {
            return LineChoice.Refuse(MediaRejection.Protocol);
        }

        ImmutableArray<(PayloadFormat Offered, PayloadFormat Ours)> matches =
            CodecMatcher.MatchOffer(offered.PayloadFormats(), capabilities.FormatsOf(offered.Kind), slot.Current);
        if (matches.All(match => match.Ours.IsAuxiliary))
        {
            return LineChoice.Refuse(MediaRejection.NoCommonCodec);
        }

        return new(local, index, MediaRejection.None, matches, theirs, ours is null ? null : ours with { Tag = theirs!.Tag }, dtls);
    }

    private static void Accept(
        LineContext context,
        LineChoice choice,
        MediaSlot slot,
        string address,
        ImmutableArray<SdpMedia>.Builder media,
        ImmutableArray<MediaSlot>.Builder slots,
        ImmutableArray<NegotiatedMedia>.Builder outcome)
    {
        SdpMedia offered = context.Media;
        MediaDirection peer = PeerMedia.Direction(context.Session, offered);
        MediaDirection direction = context.Local.Direction.Intersect(peer.Reverse());
        bool mux = context.Capabilities.RtcpMux && offered.RtcpMux;
        int? packetTime = offered.Kind == MediaKind.Audio ? PeerMedia.PacketTimeMs(offered, slot.PacketTimeMs ?? context.Capabilities.PacketTimeMs) : null;
        ImmutableArray<NegotiatedCodec> codecs = Answered(choice.Matches, context.Capabilities, context.Local.Direction.Receives());
        if (context.Local.Source is not null)
        {
            codecs = codecs.AddRange(Retransmissions(offered, codecs));
        }

        ExtMap? orientation = context.Capabilities.VideoOrientation && offered.Extension(ExtMap.VideoOrientation) is { IsOneByte: true } map
            ? map with { Direction = map.Direction.Reverse() } : null;
        ImmutableArray<PayloadFormat> formats = [.. codecs.Select(codec => codec.Receive)];
        var plan = new MediaLinePlan
        {
            Media = offered.Media,
            Protocol = offered.Protocol,
            Local = context.Local,
            Formats = formats,
            Direction = direction,
            Feedback = format => LineOutcome.Feedback(offered, format.PayloadType, context.Capabilities),
            Cryptos = choice.LocalCrypto is null ? [] : [choice.LocalCrypto],
            Dtls = choice.Dtls is { } dtls ? [.. DtlsLines.Attributes(context.Local, dtls.IsClient ? "active" : "passive", dtls.UsesIce)] : [],
            Extensions = orientation is null ? [] : [orientation],
            PacketTimeMs = packetTime,
            RtcpMux = mux,
            Mid = offered.Mid,
            Preconditions = context.Capabilities.Preconditions ? Preconditions.Answer(offered) : [],
            RtcpSendersBps = context.Capabilities.RtcpSendersBps ?? SdpAttributes.ToInt(offered.Bandwidth(SdpBandwidth.RtcpSenders)),
            RtcpReceiversBps = context.Capabilities.RtcpReceiversBps ?? SdpAttributes.ToInt(offered.Bandwidth(SdpBandwidth.RtcpReceivers)),
        };
        media.Add(MediaLineWriter.Live(plan, address));
        outcome.Add(LineOutcome.For(context, codecs, direction, mux) with
        {
            Index = outcome.Count,
            LocalIndex = choice.LocalIndex,
            LocalCrypto = choice.LocalCrypto,
            RemoteCrypto = choice.RemoteCrypto,
            Dtls = choice.Dtls,
            OrientationId = orientation?.Id,
            PacketTimeMs = packetTime ?? context.Capabilities.PacketTimeMs,
        });
        slots.Add((slot with
        {
            Active = true,
            Protocol = offered.Protocol,
            Formats = [.. formats.Select(format => Codec.Text(format.PayloadType))],
            Mid = offered.Mid,
            Ours = formats,
            Current = formats[0],
            PeerPrecondition = Preconditions.PeerStatus(offered),
            OrientationId = orientation?.Id ?? slot.OrientationId,
            PacketTimeMs = packetTime,
            Local = context.Local,
            LocalIndex = choice.LocalIndex,
            Encrypted = choice.LocalCrypto is not null,
            Dtls = choice.Dtls,
        }).Bind(offered.PayloadFormats()));
    }

    /// <summary>The rtx formats that were offered for the codecs of the answer (RFC 4588 §8.1).</summary>
    private static IEnumerable<NegotiatedCodec> Retransmissions(SdpMedia offered, ImmutableArray<NegotiatedCodec> codecs) =>
        offered.PayloadFormats()
            .Where(format => format.Associated is int type
                && codecs.Any(codec => codec.SendPayloadType == type && codec.ClockRateHz == format.ClockRateHz))
            .Select(format => new NegotiatedCodec(format, format));

    /// <summary>The codecs of the answer: the best one (or all in common), then events and comfort noise that suit its clock.</summary>
    private static ImmutableArray<NegotiatedCodec> Answered(
        ImmutableArray<(PayloadFormat Offered, PayloadFormat Ours)> matches, SdpCapabilities capabilities, bool receives)
    {
        var voices = matches.Where(match => !match.Ours.IsAuxiliary).ToList();
        if (capabilities.SingleCodecAnswer)
        {
            voices = voices[..1];
        }

        var events = matches.Where(match => match.Ours.Kind == CodecKind.TelephoneEvent).ToList();
        var suited = events.Where(match => voices.Any(voice => voice.Ours.ClockRateHz == match.Ours.ClockRateHz)).ToList();

        // Digits at another clock than the voice's are better than none (peers that offer opus with events at 8000 only).
        IEnumerable<(PayloadFormat Offered, PayloadFormat Ours)> chosen = suited.Count > 0 ? suited : events.Take(1);
        IEnumerable<(PayloadFormat Offered, PayloadFormat Ours)> noise =
            matches.Where(match => match.Ours.Kind == CodecKind.ComfortNoise && voices[0].Ours.ClockRateHz == match.Ours.ClockRateHz);
        return [.. voices.Concat(noise).Concat(chosen)
            .Select(match => new NegotiatedCodec(match.Offered, AnswerFormats.For(match.Offered, match.Ours, receives)))];
    }
}
