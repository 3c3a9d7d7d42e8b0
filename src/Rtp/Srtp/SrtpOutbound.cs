using System.Buffers.Binary;
using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Srtp;

/// <summary>Protects what one source sends (RFC 3711 §3.3). RTP is sent by one thread, RTCP by any; works in place, allocates nothing.</summary>
public sealed class SrtpOutbound : SrtpDirection
{
    /// <summary>What a packet may grow by: tag of 16 bytes, RTCP index of 4; we send no MKI.</summary>
    public const int MaxGrowthBytes = 20;

    private long _highest = -1;
    private uint _rtcpIndex;

    /// <summary>Derives the session keys.</summary>
    public SrtpOutbound(SrtpKey key)
        : base(key)
    {
    }

    /// <summary>Protects an RTP packet in place; false when closed or the buffer is too short for it.</summary>
    /// <param name="buffer">The packet and <see cref="MaxGrowthBytes"/> of room behind it.</param>
    /// <param name="length">Bytes of the packet.</param>
    /// <param name="protectedLength">Bytes to send.</param>
    public bool TryProtectRtp(Span<byte> buffer, int length, out int protectedLength)
    {
        protectedLength = 0;
        if (buffer.Length - length < Key.Suite.TagBytes || !RtpPacketView.TryMeasureHeader(buffer[..length], out int header, out _))
            return false;
        ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]);
        lock (Gate)
        {
            if (IsClosedNeedsLock)
                return false;
            long index = _highest < 0 ? sequence : SerialNumber.Extend(_highest, sequence);
            if (index < 0)
                return false; // Before the first packet: no sender of ours goes back.
            _highest = Math.Max(_highest, index);
            protectedLength = RtpNeedsLock.SealRtp(buffer, header, length, BinaryPrimitives.ReadUInt32BigEndian(buffer[8..]), index);
            return true;
        }
    }

    /// <summary>Protects a compound RTCP packet in place; false when closed or the buffer is too short for it.</summary>
    /// <param name="buffer">The compound and <see cref="MaxGrowthBytes"/> of room behind it.</param>
    /// <param name="length">Bytes of the compound.</param>
    /// <param name="protectedLength">Bytes to send.</param>
    public bool TryProtectRtcp(Span<byte> buffer, int length, out int protectedLength)
    {
        protectedLength = 0;
        if (length < SrtpCipher.RtcpClearBytes || buffer.Length - length < Key.Suite.RtcpTagBytes + SrtpCipher.RtcpIndexBytes)
            return false;
        lock (Gate)
        {
            if (IsClosedNeedsLock)
                return false;
            _rtcpIndex = (_rtcpIndex + 1) & 0x7FFF_FFFF; // The first is 1, as in the field's other libraries.
            protectedLength = RtcpNeedsLock.SealRtcp(buffer, length, BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]), _rtcpIndex);
            return true;
        }
    }
}
