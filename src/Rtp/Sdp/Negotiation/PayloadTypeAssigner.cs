using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Gives our formats their payload types in an offer. A number never changes its meaning on a line (RFC 3264 §8.3.2).</summary>
internal static class PayloadTypeAssigner
{
    private const int FirstSpare = 35;

    /// <summary>Adds to placed formats an rtx format for each (RFC 4588 §8.1).</summary>
    public static ImmutableArray<PayloadFormat> WithRetransmission(MediaSlot slot, ImmutableArray<PayloadFormat> placed) =>
        [.. placed, .. Assign(slot, [.. placed.Select(format => Codec.Rtx(format.PayloadType, format.ClockRateHz))], placed)];

    /// <summary>Our formats for a slot, the codec in use first; formats beyond the free numbers are left out.</summary>
    /// <param name="slot">The line.</param>
    /// <param name="wanted">To be placed.</param>
    /// <param name="beside">Those that have their numbers already.</param>
    public static ImmutableArray<PayloadFormat> Assign(
        MediaSlot slot, ImmutableArray<PayloadFormat> wanted, ImmutableArray<PayloadFormat> beside = default)
    {
        var used = new bool[PayloadFormat.Last + 1];
        foreach (PayloadFormat bound in slot.Bindings)
        {
            used[bound.PayloadType] = true;
        }

        var taken = new HashSet<int>(beside.IsDefault ? [] : beside.Select(format => format.PayloadType));
        foreach (int payloadType in taken)
        {
            used[payloadType] = true;
        }

        var formats = ImmutableArray.CreateBuilder<PayloadFormat>(wanted.Length);
        IEnumerable<PayloadFormat> order = slot.Current is PayloadFormat current
            ? wanted.Where(format => CodecMatcher.IsSameCodec(format, current)).Concat(wanted.Where(format => !CodecMatcher.IsSameCodec(format, current)))
            : wanted;
        foreach (PayloadFormat format in order)
        {
            if (Place(slot, format, used, taken) is PayloadFormat placed)
            {
                used[placed.PayloadType] = true;
                taken.Add(placed.PayloadType);
                formats.Add(placed);
            }
        }

        return formats.ToImmutable();
    }

    private static PayloadFormat? Place(MediaSlot slot, PayloadFormat format, bool[] used, HashSet<int> taken)
    {
        if (format.IsStatic)
        {
            return format;
        }

        // As we wrote it last, parameters included: an answer may have narrowed them.
        PayloadFormat? known = slot.Ours.FirstOrDefault(
            own => CodecMatcher.IsSameCodec(own, format) && !taken.Contains(own.PayloadType) && StillMeans(slot, own));
        if (known is not null)
        {
            return known;
        }

        PayloadFormat? bound = slot.Bindings.LastOrDefault(other => CodecMatcher.IsSameCodec(other, format) && !taken.Contains(other.PayloadType));
        if (bound is not null)
        {
            return format with { PayloadType = bound.PayloadType };
        }

        int free = !used[format.PayloadType] ? format.PayloadType : FirstFree(used);
        return free < 0 ? null : format with { PayloadType = free };
    }

    /// <summary>False when the peer has since given our number another meaning.</summary>
    private static bool StillMeans(MediaSlot slot, PayloadFormat own) =>
        !slot.Bindings.Any(bound => bound.PayloadType == own.PayloadType && !CodecMatcher.IsSameCodec(bound, own));

    private static int FirstFree(bool[] used)
    {
        for (int payloadType = PayloadFormat.FirstDynamic; payloadType <= PayloadFormat.Last; payloadType++)
        {
            if (!used[payloadType])
            {
                return payloadType;
            }
        }

        // 35 to 63 are unassigned and free of RTCP's numbers (RFC 5761 §4).
        for (int payloadType = FirstSpare; payloadType < 64; payloadType++)
        {
            if (!used[payloadType])
            {
                return payloadType;
            }
        }

        return -1;
    }
}
