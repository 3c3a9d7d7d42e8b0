using System.Buffers.Binary;

namespace Avatar2D.Rtp.Rtcp;

/// <summary>One report block of an SR or RR (RFC 3550 §6.4.1).</summary>
/// <param name="Ssrc">The source that is reported on.</param>
/// <param name="FractionLost">Packets lost since the last report, in 1/256.</param>
/// <param name="CumulativeLost">Packets lost since the beginning, signed 24 bits: duplicates can make it negative.</param>
/// <param name="HighestSequence">Cycles in the upper 16 bits, highest sequence number received in the lower.</param>
/// <param name="Jitter">Interarrival jitter, rtpTicks.</param>
/// <param name="LastSenderReport">LSR: middle 32 bits of the NTP time of the last SR, 0 when none came yet.</param>
/// <param name="DelaySinceLastSenderReport">DLSR in 2^-16 s, 0 when no SR came yet.</param>
public readonly record struct ReportBlock(
    uint Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint HighestSequence,
    uint Jitter,
    uint LastSenderReport,
    uint DelaySinceLastSenderReport)
{
    /// <summary>Smallest value of the signed 24-bit loss counter.</summary>
    internal const int MinLost = -0x800000;

    /// <summary>Largest value of the signed 24-bit loss counter.</summary>
    internal const int MaxLost = 0x7FFFFF;

    /// <summary>Reads 24 bytes; the caller has checked the length.</summary>
    internal static ReportBlock Read(ReadOnlySpan<byte> bytes)
    {
        uint lost = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        return new ReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(bytes),
            (byte)(lost >> 24),
            (int)(lost << 8) >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));
    }

    /// <summary>Writes 24 bytes; the caller has checked the length.</summary>
    internal void Write(Span<byte> destination)
    {
        int lost = Math.Clamp(CumulativeLost, MinLost, MaxLost);
        BinaryPrimitives.WriteUInt32BigEndian(destination, Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], ((uint)FractionLost << 24) | ((uint)lost & 0xFFFFFF));
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(destination[20..], DelaySinceLastSenderReport);
    }
}
