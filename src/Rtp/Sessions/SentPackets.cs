namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// The last packets, for a peer that misses some (RFC 4585 §6.2.1): as they went out, so that SRTP needs nothing new, or as they were
/// before it, to be wrapped for a stream of their own (RFC 4588). One thread keeps, another finds. Nothing is allocated after
/// construction.
/// </summary>
internal sealed class SentPackets
{
    /// <summary>What a packet that is sent again costs, in packets that were sent: at most a quarter more goes out.</summary>
    private const int CostPackets = 4;

    private const int MaxCredit = 64 * CostPackets;

    private readonly Lock _lock = new();
    private readonly byte[] _bytes;
    private readonly int _slotBytes;
    private readonly SentPacket[] _slots;
    private readonly long _maxAge;
    private readonly long _minGap;
    private int _credit;

    /// <summary>Makes the slots.</summary>
    /// <param name="slots">Packets that are kept.</param>
    /// <param name="slotBytes">Longest packet.</param>
    /// <param name="maxAge">Older ones come too late to be shown; timestamp ticks.</param>
    /// <param name="minGap">Between two sendings of one packet: the peer cannot have seen the first yet; timestamp ticks.</param>
    public SentPackets(int slots, int slotBytes, long maxAge, long minGap)
    {
        _slots = new SentPacket[slots];
        _slotBytes = slotBytes;
        _bytes = new byte[slots * slotBytes];
        _maxAge = maxAge;
        _minGap = minGap;
    }

    /// <summary>Takes a packet that is sent.</summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="datagram">Its bytes.</param>
    /// <param name="isWire">They are what goes out; else SRTP is still to come.</param>
    /// <param name="now">Timestamp ticks.</param>
    public void Keep(ushort sequence, ReadOnlySpan<byte> datagram, bool isWire, long now)
    {
        if (datagram.Length > _slotBytes)
            return;
        int slot = sequence % _slots.Length;
        lock (_lock)
        {
            _slots[slot] = new SentPacket { Sequence = sequence, Length = datagram.Length, IsWire = isWire, Sent = now, Again = long.MinValue };
            datagram.CopyTo(_bytes.AsSpan(slot * _slotBytes));
            _credit = Math.Min(MaxCredit, _credit + 1);
        }
    }

    /// <summary>
    /// Copies a packet that may be sent again; its length, 0 when it is gone, too old, kept in the other form, or was sent again just now.
    /// </summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="isWire">As it went out; else as it was before SRTP.</param>
    /// <param name="now">Timestamp ticks.</param>
    /// <param name="datagram">Takes it.</param>
    public int Take(ushort sequence, bool isWire, long now, Span<byte> datagram)
    {
        int slot = sequence % _slots.Length;
        lock (_lock)
        {
            ref SentPacket packet = ref _slots[slot];
            if (packet.Length == 0 || packet.Sequence != sequence || packet.IsWire != isWire || now - packet.Sent > _maxAge
                || packet.Length > datagram.Length || (packet.Again != long.MinValue && now - packet.Again < _minGap) || _credit < CostPackets)
            {
                return 0;
            }

            _credit -= CostPackets;
            packet.Again = now;
            _bytes.AsSpan(slot * _slotBytes, packet.Length).CopyTo(datagram);
            return packet.Length;
        }
    }

    private struct SentPacket
    {
        public ushort Sequence;
        public int Length;
        public bool IsWire;
        public long Sent;
        public long Again;
    }
}
