using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Finds the formats that two sides share.</summary>
internal static class CodecMatcher
{
    /// <summary>
    /// True when two formats are one codec in one configuration: same encoding, the same H.264 packetization mode, the same AMR
    /// packing, rtx of the same payload type.
    /// </summary>
    public static bool IsSameCodec(PayloadFormat a, PayloadFormat b) => a.IsSameEncoding(b) && a.Kind switch
    {
        CodecKind.H264 => H264Parameters.From(a.Parameters).PacketizationMode == H264Parameters.From(b.Parameters).PacketizationMode,
        CodecKind.Amr or CodecKind.AmrWb => a.Parameters.Flag("octet-align") == b.Parameters.Flag("octet-align"),
        CodecKind.Rtx => a.Associated == b.Associated,
        _ => true,
    };

    /// <summary>The offered formats that we can do, ours first in order, each with the best offered payload type for it.</summary>
    public static ImmutableArray<(PayloadFormat Offered, PayloadFormat Ours)> MatchOffer(
        ImmutableArray<PayloadFormat> offered, ImmutableArray<PayloadFormat> ours, PayloadFormat? current)
    {
        var matches = ImmutableArray.CreateBuilder<(PayloadFormat Offered, PayloadFormat Ours)>();

        // A codec in use stays in use: peers re-offer all they have, in another order, on hold and resume.
        IEnumerable<PayloadFormat> order = current is null ? ours
            : ours.Where(format => IsSameCodec(format, current)).Concat(ours.Where(format => !IsSameCodec(format, current)));
        foreach (PayloadFormat own in order)
        {
            PayloadFormat? best = null;
            int bestScore = int.MaxValue;
            foreach (PayloadFormat candidate in offered)
            {
                int fit = Fit(candidate, own);
                int score = candidate.PayloadType == current?.PayloadType ? -1 : fit;
                if (fit >= 0 && score < bestScore && !matches.Any(match => match.Offered.PayloadType == candidate.PayloadType))
                {
                    (best, bestScore) = (candidate, score);
                }
            }

            if (best is not null)
            {
                matches.Add((best, own));
            }
        }

        return matches.ToImmutable();
    }

    /// <summary>The formats of an answer, in its order, each with ours that it answers.</summary>
    public static ImmutableArray<(PayloadFormat Answered, PayloadFormat Ours)> MatchAnswer(
        ImmutableArray<PayloadFormat> answered, ImmutableArray<PayloadFormat> offered)
    {
        var matches = ImmutableArray.CreateBuilder<(PayloadFormat Answered, PayloadFormat Ours)>();
        foreach (PayloadFormat format in answered)
        {
            PayloadFormat? samePayloadType = offered.FirstOrDefault(own => own.PayloadType == format.PayloadType);
            if (format.EncodingName.Length == 0)
            {
                // No rtpmap: the number alone says which of ours is meant.
                if (samePayloadType is not null)
                {
                    matches.Add((samePayloadType with { Parameters = format.Parameters }, samePayloadType));
                }

                continue;
            }

            PayloadFormat? own = samePayloadType is not null && samePayloadType.IsSameEncoding(format) ? samePayloadType
                : offered.FirstOrDefault(candidate => IsSameCodec(candidate, format))
                ?? offered.FirstOrDefault(candidate => candidate.IsSameEncoding(format));
            if (own is not null)
            {
                matches.Add((format, own));
            }
        }

        return matches.ToImmutable();
    }

    /// <summary>Zero is perfect, more is worse, negative is no match.</summary>
    private static int Fit(PayloadFormat offered, PayloadFormat ours)
    {
        if (!offered.IsSameEncoding(ours))
        {
            return -1;
        }

        return ours.Kind switch
        {
            CodecKind.H264 => H264Negotiation.Fit(H264Parameters.From(offered.Parameters), H264Parameters.From(ours.Parameters)) ?? -1,
            CodecKind.H265 => FitH265(H265Parameters.From(offered.Parameters), H265Parameters.From(ours.Parameters)),
            CodecKind.Amr or CodecKind.AmrWb => FitAmr(offered.Parameters, ours.Parameters),
            _ => 0,
        };
    }

    /// <summary>The same packing; sorting, checksums and interleaving are not done (RFC 4867 §8.1).</summary>
    private static int FitAmr(FormatParameters offered, FormatParameters ours) =>
        offered.Flag("octet-align") != ours.Flag("octet-align") || offered.Flag("robust-sorting") || offered.Flag("crc") || offered["interleaving"] is not null
            ? -1 : 0;

    /// <summary>A Main 10 decoder also plays Main; only single stream transmission is done.</summary>
    private static int FitH265(H265Parameters offered, H265Parameters ours)
    {
        if (offered.TransmissionMode != "SRST")
        {
            return -1;
        }

        return offered.ProfileId == ours.ProfileId ? 0 : ours.ProfileId == 1 && offered.ProfileId == 2 ? 1 : -1;
    }
}
