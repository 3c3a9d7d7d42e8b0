using System.Buffers.Binary;

namespace Avatar2D.Rtp.Rtcp;

/// <summary>
/// Writes a compound packet into the caller's bytes. Every method writes one whole packet, or nothing and returns false
/// when it does not fit. The order is the caller's: SR or RR first, then SDES, BYE last (RFC 3550 §6.1).
/// </summary>
public ref struct RtcpWriter
{
    private readonly Span<byte> _destination;

    /// <summary>Starts an empty compound over <paramref name="destination"/>.</summary>
    public RtcpWriter(Span<byte> destination) => _destination = destination;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>SR with up to 31 report blocks.</summary>
    public bool TryWriteSenderReport(uint ssrc, scoped in SenderInfo info, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        int bytes = RtcpConstants.SenderInfoBytes + (blocks.Length * RtcpConstants.ReportBlockBytes);
        if (blocks.Length > RtcpConstants.MaxCount || !TryBegin(RtcpPacketType.SenderReport, blocks.Length, ssrc, bytes, out Span<byte> body))
            return false;
        info.Write(body);
        WriteBlocks(body[RtcpConstants.SenderInfoBytes..], blocks);
        return true;
    }

    /// <summary>RR with up to 31 report blocks; none is allowed.</summary>
    public bool TryWriteReceiverReport(uint ssrc, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        int bytes = blocks.Length * RtcpConstants.ReportBlockBytes;
        if (blocks.Length > RtcpConstants.MaxCount || !TryBegin(RtcpPacketType.ReceiverReport, blocks.Length, ssrc, bytes, out Span<byte> body))
            return false;
        WriteBlocks(body, blocks);
        return true;
    }

    /// <summary>SDES with one chunk and one item, the CNAME: 1 to 255 bytes of UTF-8.</summary>
    public bool TryWriteCname(uint ssrc, scoped ReadOnlySpan<byte> cname)
    {
        // Item type 1 + length 1 + text, then at least one null byte up to the next 32-bit border.
        int bytes = (2 + cname.Length + 4) & ~3;
        if (cname.IsEmpty || cname.Length > 255 || !TryBegin(RtcpPacketType.SourceDescription, 1, ssrc, bytes, out Span<byte> body))
            return false;
        body.Clear();
        body[0] = RtcpConstants.CnameItem;
        body[1] = (byte)cname.Length;
        cname.CopyTo(body[2..]);
        return true;
    }

    /// <summary>BYE of one source, without reason.</summary>
    public bool TryWriteBye(uint ssrc) => TryBegin(RtcpPacketType.Bye, 1, ssrc, 0, out _);

    /// <summary>PLI: the picture of <paramref name="mediaSsrc"/> is lost.</summary>
    public bool TryWritePli(uint ssrc, uint mediaSsrc)
    {
        if (!TryBegin(RtcpPacketType.PayloadFeedback, RtcpConstants.PliFormat, ssrc, 4, out Span<byte> body))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, mediaSsrc);
        return true;
    }

    /// <summary>FIR for one stream; <paramref name="sequence"/> is one more for each new request, the same for a repeat.</summary>
    public bool TryWriteFir(uint ssrc, uint mediaSsrc, byte sequence)
    {
        if (!TryBegin(RtcpPacketType.PayloadFeedback, RtcpConstants.FirFormat, ssrc, 4 + RtcpConstants.FirEntryBytes, out Span<byte> body))
            return false;
        body.Clear(); // the media SSRC of the prefix is 0 (RFC 5104 §4.3.1.2)
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], mediaSsrc);
        body[8] = sequence;
        return true;
    }

    /// <summary>Generic NACK with one PID/BLP pair.</summary>
    public bool TryWriteNack(uint ssrc, uint mediaSsrc, ushort packetId, ushort bitmap)
    {
        if (!TryBegin(RtcpPacketType.TransportFeedback, RtcpConstants.NackFormat, ssrc, 8, out Span<byte> body))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(body, mediaSsrc);
        BinaryPrimitives.WriteUInt16BigEndian(body[4..], packetId);
        BinaryPrimitives.WriteUInt16BigEndian(body[6..], bitmap);
        return true;
    }

    /// <summary>TMMBN with one entry: the limit that we keep, and who owns it (RFC 5104 §4.2.2). The overhead is told as 0.</summary>
    public bool TryWriteTmmbn(uint ssrc, uint ownerSsrc, int bitRateBps)
    {
        if (!TryBegin(RtcpPacketType.TransportFeedback, RtcpConstants.TmmbnFormat, ssrc, 12, out Span<byte> body))
            return false;
        uint mantissa = (uint)bitRateBps;
        uint exponent = 0;
        for (; mantissa > 0x1FFFF; exponent++)
            mantissa >>= 1;
        BinaryPrimitives.WriteUInt32BigEndian(body, 0); // the media SSRC of the prefix is 0
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], ownerSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(body[8..], (exponent << 26) | (mantissa << 9));
        return true;
    }

    private static void WriteBlocks(Span<byte> body, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        for (int i = 0; i < blocks.Length; i++)
            blocks[i].Write(body[(i * RtcpConstants.ReportBlockBytes)..]);
    }

    // Header and first SSRC; body is what follows them.
    private bool TryBegin(RtcpPacketType type, int count, uint ssrc, int bodyBytes, out Span<byte> body)
    {
        body = default;
        int total = RtcpConstants.HeaderBytes + 4 + bodyBytes;
        if (total > _destination.Length - Length)
            return false;
        Span<byte> packet = _destination.Slice(Length, total);
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)((total / 4) - 1));
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], ssrc);
        body = packet[8..];
        Length += total;
        return true;
    }
}
