using System.Buffers.Binary;

namespace Avatar2D.Rtp.Rtcp;

/// <summary>One packet of a compound, already checked by <see cref="RtcpReader"/>; read in place.</summary>
public readonly ref struct RtcpPacketView
{
    private readonly ReadOnlySpan<byte> _bytes;

    internal RtcpPacketView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Type byte; values without a name are possible.</summary>
    public RtcpPacketType Type => (RtcpPacketType)_bytes[1];

    /// <summary>The 5 bits after the padding bit: report count, source count, or FMT of feedback.</summary>
    public int Count => _bytes[0] & 0x1F;

    /// <summary>Everything after the 4-byte common header, without padding.</summary>
    public ReadOnlySpan<byte> Body => _bytes[RtcpConstants.HeaderBytes..];

    /// <summary>SSRC of the sender of SR, RR and feedback; 0 when the packet has no room for one.</summary>
    public uint SenderSsrc => Body.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(Body) : 0;

    /// <summary>The sender info; false unless this is an SR.</summary>
    public bool TryGetSenderInfo(out SenderInfo info)
    {
        info = default;
        if (Type != RtcpPacketType.SenderReport)
            return false;
        info = SenderInfo.Read(Body[4..]);
        return true;
    }

    /// <summary>Report block <paramref name="index"/>; false when this is no report or has fewer blocks.</summary>
    public bool TryGetReportBlock(int index, out ReportBlock block)
    {
        block = default;
        int start = Type switch
        {
            RtcpPacketType.SenderReport => 4 + RtcpConstants.SenderInfoBytes,
            RtcpPacketType.ReceiverReport => 4,
            _ => -1,
        };
        if (start < 0 || (uint)index >= (uint)Count)
            return false;
        block = ReportBlock.Read(Body[(start + (index * RtcpConstants.ReportBlockBytes))..]);
        return true;
    }

    /// <summary>Source <paramref name="index"/> that leaves; false when this is no BYE or has fewer sources.</summary>
    public bool TryGetByeSource(int index, out uint ssrc)
    {
        ssrc = 0;
        if (Type != RtcpPacketType.Bye || (uint)index >= (uint)Count)
            return false;
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(Body[(4 * index)..]);
        return true;
    }

    /// <summary>
    /// Feedback entry <paramref name="index"/>: PLI has one, FIR, TMMBR and REMB one per stream, NACK one per PID/BLP pair.
    /// False after the last, and for kinds that we do not know.
    /// </summary>
    public bool TryGetFeedback(int index, out FeedbackMessage feedback)
    {
        feedback = default;
        if (Type is not (RtcpPacketType.TransportFeedback or RtcpPacketType.PayloadFeedback) || index < 0)
            return false;
        ReadOnlySpan<byte> control = Body[RtcpConstants.FeedbackPrefixBytes..];
        uint mediaSsrc = BinaryPrimitives.ReadUInt32BigEndian(Body[4..]);
        switch (Type, Count)
        {
            case (RtcpPacketType.PayloadFeedback, RtcpConstants.PliFormat) when index == 0:
                feedback = new FeedbackMessage(FeedbackKind.PictureLoss, SenderSsrc, mediaSsrc);
                return true;
            case (RtcpPacketType.PayloadFeedback, RtcpConstants.FirFormat) when index < control.Length / RtcpConstants.FirEntryBytes:
                ReadOnlySpan<byte> entry = control[(index * RtcpConstants.FirEntryBytes)..];
                feedback = new FeedbackMessage(
                    FeedbackKind.FullIntraRequest, SenderSsrc, BinaryPrimitives.ReadUInt32BigEndian(entry), FirSequence: entry[4]);
                return true;
            case (RtcpPacketType.TransportFeedback, RtcpConstants.NackFormat) when index < control.Length / 4:
                ReadOnlySpan<byte> pair = control[(index * 4)..];
                feedback = new FeedbackMessage(
                    FeedbackKind.Nack,
                    SenderSsrc,
                    mediaSsrc,
                    NackPacketId: BinaryPrimitives.ReadUInt16BigEndian(pair),
                    NackBitmap: BinaryPrimitives.ReadUInt16BigEndian(pair[2..]));
                return true;
            case (RtcpPacketType.TransportFeedback, RtcpConstants.TmmbrFormat) when index < control.Length / 8:
                ReadOnlySpan<byte> limit = control[(index * 8)..];
                uint word = BinaryPrimitives.ReadUInt32BigEndian(limit[4..]); // exponent 6, mantissa 17, overhead 9
                feedback = new FeedbackMessage(
                    FeedbackKind.TemporaryMaximumBitRate, SenderSsrc, BinaryPrimitives.ReadUInt32BigEndian(limit),
                    BitRateBps: BitRate((int)(word >> 26), (word >> 9) & 0x1FFFF));
                return true;
            case (RtcpPacketType.PayloadFeedback, RtcpConstants.ApplicationFormat)
                when control.Length >= RtcpConstants.RembBytes && control.StartsWith("REMB"u8):
                ReadOnlySpan<byte> streams = control[RtcpConstants.RembBytes..];
                uint estimate = BinaryPrimitives.ReadUInt32BigEndian(control[4..]); // count 8, exponent 6, mantissa 18
                int count = Math.Min((int)(estimate >> 24), streams.Length / 4);
                if (index >= Math.Max(1, count)) // Without a list it is about whatever is sent.
                    return false;
                feedback = new FeedbackMessage(
                    FeedbackKind.ReceiverEstimatedBitRate, SenderSsrc,
                    count == 0 ? mediaSsrc : BinaryPrimitives.ReadUInt32BigEndian(streams[(index * 4)..]),
                    BitRateBps: BitRate((int)(estimate >> 18) & 0x3F, estimate & 0x3FFFF));
                return true;
            default:
                return false;
        }
    }

    private static int BitRate(int exponent, uint mantissa) =>
        exponent > 31 ? (mantissa == 0 ? 0 : int.MaxValue) : (int)Math.Min((ulong)mantissa << exponent, int.MaxValue);

    /// <summary>The CNAME (UTF-8) of the first chunk that has one; false when this is no SDES or has none.</summary>
    public bool TryGetCname(out uint ssrc, out ReadOnlySpan<byte> cname)
    {
        ssrc = 0;
        cname = default;
        if (Type != RtcpPacketType.SourceDescription)
            return false;
        int offset = 0;
        for (int chunk = 0; chunk < Count && offset + 4 <= Body.Length; chunk++)
        {
            ssrc = BinaryPrimitives.ReadUInt32BigEndian(Body[offset..]);
            offset += 4;
            while (offset < Body.Length && Body[offset] != 0)
            {
                if (offset + 2 > Body.Length || offset + 2 + Body[offset + 1] > Body.Length)
                    return false;
                int length = Body[offset + 1];
                if (Body[offset] == RtcpConstants.CnameItem)
                {
                    cname = Body.Slice(offset + 2, length);
                    return true;
                }

                offset += 2 + length;
            }

            // The null item ends the list and is padded to the next 32-bit border.
            offset = (offset + 4) & ~3;
        }

        return false;
    }
}
