using System.Buffers.Binary;

namespace Avatar2D.Rtp.Packets;

/// <summary>Fixed RTP header as we send it: no CSRC, no padding (RFC 3550 §5.1).</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Marker">Marker bit.</param>
/// <param name="SequenceNumber">Sequence number.</param>
/// <param name="Timestamp">rtpTicks of the payload's clock rate.</param>
/// <param name="Ssrc">Synchronisation source.</param>
/// <param name="HasExtension">A header extension follows.</param>
public readonly record struct RtpHeader(byte PayloadType, bool Marker, ushort SequenceNumber, uint Timestamp, uint Ssrc, bool HasExtension = false)
{
    /// <summary>Size of the fixed header: 12 bytes.</summary>
    public const int SizeBytes = 12;

    /// <summary>Protocol version, the upper two bits of the first byte.</summary>
    public const int Version = 2;

    /// <summary>Writes the 12 bytes; false, and nothing written, when <paramref name="destination"/> is shorter.</summary>
    public bool TryWrite(Span<byte> destination)
    {
        if (destination.Length < SizeBytes)
        {
            return false;
        }

        destination[0] = (byte)((Version << 6) | (HasExtension ? 0x10 : 0));
        destination[1] = (byte)((Marker ? 0x80 : 0) | (PayloadType & 0x7F));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], SequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Ssrc);
        return true;
    }
}
