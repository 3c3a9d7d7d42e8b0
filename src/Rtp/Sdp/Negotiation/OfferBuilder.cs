using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Makes our offers.</summary>
internal static class OfferBuilder
{
    /// <summary>Identifier of the one header extension that we offer (RFC 8285 §4.2).</summary>
    private const int FirstExtension = 1;

    public static OfferResult Build(OfferAnswerState state, SdpCapabilities capabilities, ImmutableArray<LocalMedia> wanted)
    {
        ImmutableArray<MediaSlot> slots = Place(state.Slots, capabilities, wanted);
        string address = SessionWriter.AddressFor(state, slots.Select(slot => slot.Local));
        var media = ImmutableArray.CreateBuilder<SdpMedia>(slots.Length);
        var planned = ImmutableArray.CreateBuilder<MediaSlot>(slots.Length);
        foreach (MediaSlot slot in slots)
        {
            MediaLinePlan? plan = Plan(state, slot, capabilities);
            (MediaSlot next, SdpMedia line) = Line(slot, plan, address);
            planned.Add(next);
            media.Add(line);
        }

        (OfferAnswerState after, SdpSession sdp) = SessionWriter.Describe(state, capabilities, address, media.ToImmutable());
        return new(after with { PendingOffer = sdp, PendingSlots = planned.ToImmutable() }, sdp);
    }

    /// <summary>Gives each wanted line its slot: the living one of its kind, a dead one of its kind, any dead one, a new one.</summary>
    private static ImmutableArray<MediaSlot> Place(
        ImmutableArray<MediaSlot> slots, SdpCapabilities capabilities, ImmutableArray<LocalMedia> wanted)
    {
        ImmutableArray<MediaSlot>.Builder placed = slots.ToBuilder();
        for (int i = 0; i < placed.Count; i++)
        {
            placed[i] = placed[i] with { Local = null, LocalIndex = -1 };
        }

        var pending = new List<int>();
        for (int index = 0; index < wanted.Length; index++)
        {
            if (!TryPut(placed, wanted, index, slot => slot.Active && slot.Kind == wanted[index].Kind))
            {
                pending.Add(index);
            }
        }

        foreach (int index in pending)
        {
            if (!TryPut(placed, wanted, index, slot => !slot.Active && slot.Kind == wanted[index].Kind)
                && !TryPut(placed, wanted, index, slot => !slot.Active))
            {
                placed.Add(Fresh(capabilities, wanted[index], index));
            }
        }

        return placed.ToImmutable();
    }

    private static bool TryPut(
        ImmutableArray<MediaSlot>.Builder placed, ImmutableArray<LocalMedia> wanted, int index, Func<MediaSlot, bool> suits)
    {
        for (int i = 0; i < placed.Count; i++)
        {
            MediaSlot slot = placed[i];
            if (slot.Local is null && suits(slot))
            {
                string word = Word(wanted[index].Kind);
                placed[i] = slot.Media == word
                    ? slot with { Local = wanted[index], LocalIndex = index }
                    : new MediaSlot { Media = word, Protocol = slot.Protocol, Local = wanted[index], LocalIndex = index };
                return true;
            }
        }

        return false;
    }

    private static MediaSlot Fresh(SdpCapabilities capabilities, LocalMedia local, int index) =>
        new() { Media = Word(local.Kind), Protocol = capabilities.OfferProtocol, Local = local, LocalIndex = index };

    /// <summary>A living line keeps its transport; a new one follows the session's living lines, so that video is no less secure than audio.</summary>
    private static string Protocol(OfferAnswerState state, MediaSlot slot, SdpCapabilities capabilities)
    {
        string protocol = slot.Active ? slot.Protocol
            : state.Slots.FirstOrDefault(other => other.Active)?.Protocol ?? capabilities.OfferProtocol;
        return RtpProfile.IsSdesSecure(protocol) && slot.Local is { Cryptos.IsEmpty: true }
            ? protocol.Replace("SAVP", "AVP", StringComparison.OrdinalIgnoreCase)
            : protocol;
    }

    /// <summary>Keys that were agreed on a plain transport (RFC 8643) are offered again, and for a new line beside such a one.</summary>
    private static bool IsEncrypted(OfferAnswerState state, MediaSlot slot) =>
        Model(state, slot)?.Encrypted ?? false;

    /// <summary>Whose security a line has: its own while it lives, else that of the session's first living one.</summary>
    private static MediaSlot? Model(OfferAnswerState state, MediaSlot slot) => slot.Active ? slot : state.Slots.FirstOrDefault(other => other.Active);

    private static (MediaSlot Slot, SdpMedia Line) Line(MediaSlot slot, MediaLinePlan? plan, string address)
    {
        if (plan is null)
        {
            return (slot with { Active = false }, MediaLineWriter.Dead(slot.Media, slot.Protocol, slot.Formats, slot.Mid));
        }

        MediaSlot next = slot with
        {
            Active = true,
            Protocol = plan.Protocol,
            Ours = plan.Formats,
            Formats = [.. plan.Formats.Select(format => Codec.Text(format.PayloadType))],
        };
        return (next, MediaLineWriter.Live(plan, address));
    }

    private static MediaLinePlan? Plan(OfferAnswerState state, MediaSlot slot, SdpCapabilities capabilities)
    {
        if (slot.Local is not LocalMedia local)
        {
            return null;
        }

        string protocol = Protocol(state, slot, capabilities);
        ImmutableArray<PayloadFormat> formats = PayloadTypeAssigner.Assign(slot, Usable(capabilities.FormatsOf(slot.Kind)));
        return new()
        {
            Media = slot.Media,
            Protocol = protocol,
            Local = local,
            Formats = local.Source is null ? formats : PayloadTypeAssigner.WithRetransmission(slot, formats),
            Extensions = capabilities.VideoOrientation && slot.Kind == MediaKind.Video ? [Orientation(slot)] : [],
            Direction = local.Direction,
            Feedback = format => slot.Kind == MediaKind.Video && !format.IsAuxiliary ? capabilities.Feedback : [],
            Cryptos = RtpProfile.IsSdesSecure(protocol) || IsEncrypted(state, slot) ? Tagged(local.Cryptos) : [],
            Dtls = RtpProfile.IsDtlsSecure(protocol) && local.Dtls is not null
                ? [.. DtlsLines.Attributes(local, "actpass", Model(state, slot)?.Dtls?.UsesIce ?? false)] : [],
            PacketTimeMs = slot.Kind == MediaKind.Audio ? slot.PacketTimeMs ?? capabilities.PacketTimeMs : null,
            RtcpMux = capabilities.RtcpMux,
            Mid = slot.Mid,
            Preconditions = capabilities.Preconditions ? Preconditions.Offer(slot.Active ? slot.PeerPrecondition ?? "none" : "none") : [],
            RtcpSendersBps = capabilities.RtcpSendersBps,
            RtcpReceiversBps = capabilities.RtcpReceiversBps,
        };
    }

    private static ExtMap Orientation(MediaSlot slot) => new(slot.OrientationId ?? FirstExtension, MediaDirection.SendRecv, ExtMap.VideoOrientation);

    /// <summary>Leaves out events and comfort noise whose clock no codec of ours has.</summary>
    private static ImmutableArray<PayloadFormat> Usable(ImmutableArray<PayloadFormat> formats) =>
        [.. formats.Where(format => !format.IsAuxiliary || formats.Any(codec => !codec.IsAuxiliary && codec.ClockRateHz == format.ClockRateHz))];

    private static ImmutableArray<SdpCrypto> Tagged(ImmutableArray<SdpCrypto> cryptos) =>
        [.. cryptos.Select((crypto, index) => crypto with { Tag = index + 1 })];

    private static string Word(MediaKind kind) => kind switch
    {
        MediaKind.Audio => "audio",
        MediaKind.Video => "video",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only audio and video lines can be offered."),
    };
}
