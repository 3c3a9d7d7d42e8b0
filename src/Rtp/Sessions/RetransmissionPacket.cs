using System.Buffers.Binary;
using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// A packet that is sent again in a stream of its own (RFC 4588 §4): SSRC, sequence number and payload type are that stream's, the
/// original sequence number stands before the payload; timestamp, marker and header extension are the original's.
/// </summary>
internal static class RetransmissionPacket
{
    /// <summary>What a packet grows by: the original sequence number (OSN).</summary>
    public const int GrowthBytes = 2;

    /// <summary>Wraps a packet in place; false when it is none, or there is no room behind it.</summary>
    /// <param name="buffer">The packet, without SRTP, and <see cref="GrowthBytes"/> of room behind it.</param>
    /// <param name="length">Bytes of the packet.</param>
    /// <param name="payloadType">Of the rtx format.</param>
    /// <param name="sequence">Of the retransmission stream.</param>
    /// <param name="ssrc">Of the retransmission stream.</param>
    public static bool TryWrap(Span<byte> buffer, int length, byte payloadType, ushort sequence, uint ssrc)
    {
        if (length + GrowthBytes > buffer.Length || !RtpPacketView.TryMeasureHeader(buffer[..length], out int header, out _))
            return false;
        buffer[header..length].CopyTo(buffer[(header + GrowthBytes)..]);
        buffer.Slice(2, 2).CopyTo(buffer[header..]);
        buffer[1] = (byte)((buffer[1] & 0x80) | payloadType);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[8..], ssrc);
        return true;
    }
}
