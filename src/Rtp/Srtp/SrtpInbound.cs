using System.Buffers.Binary;
using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Srtp;

/// <summary>
/// Checks and opens what comes in (RFC 3711 §3.3): roll-over counter, replay window, tag. Only genuine packets change its state.
/// Any thread; works in place, allocates nothing but where AES-GCM finds a forgery (the library throws there).
/// </summary>
public sealed class SrtpInbound : SrtpDirection
{
    // Sources at a time; the one that was silent longest makes room. A peer has one, a few after transfers.
    private const int MaxSources = 8;

    private readonly SrtpSource[] _rtpSources = new SrtpSource[MaxSources];
    private readonly SrtpSource[] _rtcpSources = new SrtpSource[MaxSources];
    private long _uses;

    /// <summary>Derives the session keys.</summary>
    public SrtpInbound(SrtpKey key)
        : base(key)
    {
    }

    /// <summary>Opens an RTP packet in place; false for what is malformed, forged or repeated.</summary>
    /// <param name="datagram">As it came; spoilt when false.</param>
    /// <param name="length">Bytes of the plain packet.</param>
    public bool TryOpenRtp(Span<byte> datagram, out int length)
    {
        length = 0;
        if (!RtpPacketView.TryMeasureHeader(datagram, out int header, out _))
            return false;
        ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]);
        lock (Gate)
        {
            if (IsClosedNeedsLock)
                return false;
            ref SrtpSource source = ref FindNeedsLock(_rtpSources, ssrc, out bool isKnown);
            long index = isKnown ? SerialNumber.Extend(source.Packets.Highest, sequence) : sequence;
            if (index < 0 || (isKnown && !source.Packets.IsFresh(index)) || !RtpNeedsLock.TryOpenRtp(datagram, header, ssrc, index, out length))
                return false;
            TakeNeedsLock(ref source, isKnown, ssrc, index);
            return true;
        }
    }

    /// <summary>Opens a compound RTCP packet in place; false for what is malformed, forged or repeated.</summary>
    /// <param name="datagram">As it came; spoilt when false.</param>
    /// <param name="length">Bytes of the plain compound.</param>
    public bool TryOpenRtcp(Span<byte> datagram, out int length)
    {
        length = 0;
        lock (Gate)
        {
            if (IsClosedNeedsLock || datagram.Length < SrtpCipher.RtcpClearBytes || !RtcpNeedsLock.TryReadIndex(datagram, out uint index))
                return false;
            uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
            ref SrtpSource source = ref FindNeedsLock(_rtcpSources, ssrc, out bool isKnown);
            if ((isKnown && !source.Packets.IsFresh(index)) || !RtcpNeedsLock.TryOpenRtcp(datagram, ssrc, out length))
                return false;
            TakeNeedsLock(ref source, isKnown, ssrc, index);
            return true;
        }
    }

    /// <summary>The place of a source, or the place that it takes once it has proved genuine.</summary>
    private static ref SrtpSource FindNeedsLock(SrtpSource[] sources, uint ssrc, out bool isKnown)
    {
        int oldest = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i].IsUsed && sources[i].Ssrc == ssrc)
            {
                isKnown = true;
                return ref sources[i];
            }

            if (sources[i].LastUsed < sources[oldest].LastUsed)
                oldest = i;
        }

        isKnown = false;
        return ref sources[oldest];
    }

    private void TakeNeedsLock(ref SrtpSource source, bool isKnown, uint ssrc, long index)
    {
        if (!isKnown)
            source = new SrtpSource { IsUsed = true, Ssrc = ssrc };
        source.LastUsed = ++_uses;
        source.Packets.Add(index);
    }
}
