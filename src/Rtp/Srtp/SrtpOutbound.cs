using System.Buffers.Binary;
using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Srtp;

/// <summary>Protects what one source sends (RFC 3711 §3.3). RTP is sent by one thread, RTCP by any; works in place, allocates nothing.</summary>
public sealed class SrtpOutbound : IDisposable
{
    /// <summary>What a packet may grow by: tag of 16 bytes, RTCP index of 4; we send no MKI.</summary>
    public const int MaxGrowthBytes = 20;

    private readonly Lock _lock = new();
    private readonly SrtpCipher _rtp;
    private readonly SrtpCipher _rtcp;
    private long _highest = -1;
    private uint _rtcpIndex;
    private bool _closed;

    /// <summary>Derives the session keys.</summary>
    public SrtpOutbound(SrtpKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
        _rtp = SrtpCipher.Create(key, isRtcp: false);
        _rtcp = SrtpCipher.Create(key, isRtcp: true);
    }

    /// <summary>The master key.</summary>
    public SrtpKey Key { get; }

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
        lock (_lock)
        {
            if (_closed)
                return false;
            long index = _highest < 0 ? sequence : SerialNumber.Extend(_highest, sequence);
            if (index < 0)
                return false; // Before the first packet: no sender of ours goes back.
            _highest = Math.Max(_highest, index);
            protectedLength = _rtp.SealRtp(buffer, header, length, BinaryPrimitives.ReadUInt32BigEndian(buffer[8..]), index);
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
        lock (_lock)
        {
            if (_closed)
                return false;
            _rtcpIndex = (_rtcpIndex + 1) & 0x7FFF_FFFF; // The first is 1, as in the field's other libraries.
            protectedLength = _rtcp.SealRtcp(buffer, length, BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]), _rtcpIndex);
            return true;
        }
    }

    /// <summary>Forgets the keys; nothing is protected any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            _rtp.Dispose();
            _rtcp.Dispose();
        }
    }
}
