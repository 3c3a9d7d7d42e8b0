using System.Buffers.Binary;

namespace Avatar2D.Rtp.Rtcp;

/// <summary>The sender's part of an SR (RFC 3550 §6.4.1): what ties RTP time to the wall clock, and so lips to voice.</summary>
/// <param name="Ntp">Wall clock at the instant of <paramref name="RtpTimestamp"/>.</param>
/// <param name="RtpTimestamp">The same instant in rtpTicks of the stream.</param>
/// <param name="PacketCount">RTP packets sent so far.</param>
/// <param name="OctetCount">Payload bytes sent so far, without headers and padding.</param>
public readonly record struct SenderInfo(NtpTimestamp Ntp, uint RtpTimestamp, uint PacketCount, uint OctetCount)
{
    /// <summary>Reads 20 bytes; the caller has checked the length.</summary>
    internal static SenderInfo Read(ReadOnlySpan<byte> bytes) => new(
        new NtpTimestamp(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]));

    /// <summary>Writes 20 bytes; the caller has checked the length.</summary>
    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, Ntp.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], PacketCount);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], OctetCount);
    }
}
