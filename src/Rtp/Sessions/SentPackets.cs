namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// The last packets as they went out, for a peer that misses some (RFC 4585 §6.2.1): the same bytes again, so that SRTP needs
/// nothing new. One thread keeps, another finds. Nothing is allocated after construction.
/// </summary>
internal sealed class SentPackets
{
    /// <summary>What a packet that is sent again costs, in packets that were sent: at most a quarter more goes out.</summary>
    private const int CostPackets = 4;

    private const int MaxCredit = 64 * CostPackets;

    private readonly Lock _lock = new();
    private readonly byte[] _bytes;
    private readonly int _slotBytes;
    private readonly (ushort Sequence, int Length, long Sent, long Again)[] _slots;
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
        _slots = new (ushort, int, long, long)[slots];
        _slotBytes = slotBytes;
        _bytes = new byte[slots * slotBytes];
        _maxAge = maxAge;
        _minGap = minGap;
    }

    /// <summary>Takes a packet that has been sent.</summary>
    public void Keep(ushort sequence, ReadOnlySpan<byte> datagram, long now)
    {
        if (datagram.Length > _slotBytes)
            return;
        int slot = sequence % _slots.Length;
        lock (_lock)
        {
            _slots[slot] = (sequence, datagram.Length, now, long.MinValue);
            datagram.CopyTo(_bytes.AsSpan(slot * _slotBytes));
            _credit = Math.Min(MaxCredit, _credit + 1);
        }
    }

    /// <summary>Copies a packet that may be sent again; its length, 0 when it is gone, too old, or was sent again just now.</summary>
    public int Take(ushort sequence, long now, Span<byte> datagram)
    {
        int slot = sequence % _slots.Length;
        lock (_lock)
        {
            ref (ushort Sequence, int Length, long Sent, long Again) packet = ref _slots[slot];
            if (packet.Length == 0 || packet.Sequence != sequence || now - packet.Sent > _maxAge || packet.Length > datagram.Length
                || (packet.Again != long.MinValue && now - packet.Again < _minGap) || _credit < CostPackets)
            {
                return 0;
            }

            _credit -= CostPackets;
            packet.Again = now;
            _bytes.AsSpan(slot * _slotBytes, packet.Length).CopyTo(datagram);
            return packet.Length;
        }
    }
}
