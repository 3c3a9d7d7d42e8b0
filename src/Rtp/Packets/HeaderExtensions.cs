using System.Buffers.Binary;

namespace Avatar2D.Rtp.Packets;

/// <summary>Elements of the header extension by identifier (RFC 8285): one-byte and two-byte headers are read, one-byte ones written.</summary>
public static class HeaderExtensions
{
    /// <summary>Bytes of an extension with one element of one byte: header, element, padding to 32 bits.</summary>
    public const int OneElementBytes = 8;

    private const ushort OneByteProfile = 0xBEDE;
    private const ushort TwoByteProfile = 0x1000;
    private const int StopId = 15;

    /// <summary>Finds an element; false where there is none, or what stands before it is no extension of RFC 8285.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="id">Identifier of a=extmap.</param>
    /// <param name="element">Its bytes; valid as long as the packet.</param>
    public static bool TryFind(in RtpPacketView packet, int id, out ReadOnlySpan<byte> element)
    {
        element = default;
        ReadOnlySpan<byte> left = packet.Extension;
        bool isTwoByte = (packet.ExtensionProfile & 0xFFF0) == TwoByteProfile;
        if (!isTwoByte && packet.ExtensionProfile != OneByteProfile)
            return false;
        while (!left.IsEmpty)
        {
            if (left[0] == 0)
            {
                left = left[1..]; // Padding.
                continue;
            }

            int found = isTwoByte ? left[0] : left[0] >> 4;
            if ((!isTwoByte && found == StopId) || (isTwoByte && left.Length < 2))
                return false;
            int header = isTwoByte ? 2 : 1;
            int length = isTwoByte ? left[1] : (left[0] & 15) + 1;
            if (header + length > left.Length)
                return false;
            if (found == id)
            {
                element = left.Slice(header, length);
                return true;
            }

            left = left[(header + length)..];
        }

        return false;
    }

    /// <summary>Writes an extension with one element of one byte (RFC 8285 §4.2), to stand behind the fixed header.</summary>
    /// <param name="destination">At least <see cref="OneElementBytes"/>.</param>
    /// <param name="id">1 to 14.</param>
    /// <param name="value">The element.</param>
    public static void WriteOne(Span<byte> destination, int id, byte value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, StopId);
        BinaryPrimitives.WriteUInt16BigEndian(destination, OneByteProfile);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], 1); // 32-bit words that follow.
        destination[4] = (byte)(id << 4); // Length less one is 0.
        destination[5] = value;
        destination[6..OneElementBytes].Clear();
    }
}
