using System.Buffers.Binary;
using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Srtp;

/// <summary>
/// Protects what a session sends (RFC 3711 §3.3): its stream and, where negotiated, the one of packets that are sent again, each with
/// a counter of its own. A source's RTP is sent by one thread at a time, RTCP by any; works in place, allocates nothing.
/// </summary>
public sealed class SrtpOutbound : SrtpDirection
{
    /// <summary>What a packet may grow by: tag of 16 bytes, RTCP index of 4; we send no MKI.</summary>
    public const int MaxGrowthBytes = 20;

    private const int MaxSources = 2;

    private readonly (uint Ssrc, long Highest)[] _sources = new (uint, long)[MaxSources];
    private int _sourceCount;
    private uint _rtcpIndex;

    /// <summary>Derives the session keys.</summary>
    public SrtpOutbound(SrtpKey key)
        : base(key)
    {
    }

    /// <summary>Protects an RTP packet in place; false when closed, the buffer is too short for it, or a third source turns up.</summary>
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
            uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[8..]);
            int source = FindNeedsLock(ssrc);
            if (source < 0)
                return false;
            ref long highest = ref _sources[source].Highest;
            long index = highest < 0 ? sequence : SerialNumber.Extend(highest, sequence);
            if (index < 0)
                return false; // Before the first packet: no sender of ours goes back.
            highest = Math.Max(highest, index);
            protectedLength = RtpNeedsLock.SealRtp(buffer, header, length, ssrc, index);
            return true;
        }
    }

    private int FindNeedsLock(uint ssrc)
    {
        for (int i = 0; i < _sourceCount; i++)
        {
            if (_sources[i].Ssrc == ssrc)
                return i;
        }

        if (_sourceCount == MaxSources)
            return -1;
        _sources[_sourceCount] = (ssrc, -1);
        return _sourceCount++;
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
