namespace Avatar2D.Rtp.Receiving;

/// <summary>Waiting packets by extended sequence number: a ring over one block of memory made once. Not thread-safe.</summary>
internal sealed class JitterSlots
{
    private const long Never = long.MinValue;

    private readonly byte[] _bytes;
    private readonly int _slotBytes;
    private readonly JitterSlot[] _ring;
    private readonly bool[] _occupied;
    private readonly long[] _seen;

    /// <summary>Makes the ring.</summary>
    /// <param name="count">Slots, a power of two.</param>
    /// <param name="slotBytes">Longest payload.</param>
    public JitterSlots(int count, int slotBytes)
    {
        if (count < 16 || (count & (count - 1)) != 0)
            throw new ArgumentException($"A jitter buffer has a power of two of slots, at least 16, not {count}.", nameof(count));
        _slotBytes = slotBytes;
        _bytes = new byte[count * slotBytes];
        _ring = new JitterSlot[count];
        _occupied = new bool[count];
        _seen = new long[count];
        Array.Fill(_seen, Never);
    }

    /// <summary>Packets waiting.</summary>
    public int Count { get; private set; }

    /// <summary>True when every slot is taken.</summary>
    public bool IsFull => Count == _ring.Length;

    /// <summary>Highest sequence number taken in.</summary>
    public long HighestSequence { get; private set; }

    /// <summary>The sequence number that follows the last one given out.</summary>
    public long NextSequence { get; private set; }

    /// <summary>Forgets all packets.</summary>
    public void Clear()
    {
        Array.Clear(_occupied);
        Array.Fill(_seen, Never);
        Count = 0;
    }

    /// <summary>Forgets all packets; <paramref name="sequence"/> comes first.</summary>
    public void Restart(long sequence)
    {
        Clear();
        HighestSequence = sequence;
        NextSequence = sequence;
    }

    /// <summary>True when the packet waits here or was given out, as far back as the ring reaches.</summary>
    public bool HasSeen(long sequence) => _seen[At(sequence)] == sequence;

    /// <summary>Takes a packet in; its place is free because the caller has checked the distance.</summary>
    public void Add(ReadOnlySpan<byte> payload, byte payloadType, long sequence, long timestamp, long duration, bool movesNext)
    {
        int at = At(sequence);
        if (!_occupied[at])
            Count++;
        _occupied[at] = true;
        _seen[at] = sequence;
        _ring[at] = new JitterSlot(at, payload.Length, payloadType, sequence, timestamp, duration);
        payload.CopyTo(_bytes.AsSpan(at * _slotBytes, _slotBytes));
        HighestSequence = Math.Max(HighestSequence, sequence);
        if (movesNext && sequence < NextSequence)
            NextSequence = sequence;
    }

    /// <summary>The waiting packet with the lowest sequence number.</summary>
    public bool TryPeek(out JitterSlot slot)
    {
        if (Count > 0)
        {
            for (long sequence = NextSequence; sequence <= HighestSequence; sequence++)
            {
                int at = At(sequence);
                if (_occupied[at] && _ring[at].Sequence == sequence)
                {
                    slot = _ring[at];
                    return true;
                }
            }
        }

        slot = default;
        return false;
    }

    /// <summary>Frees the packet; the one after it comes next.</summary>
    public void Remove(long sequence)
    {
        _occupied[At(sequence)] = false;
        Count--;
        NextSequence = sequence + 1;
    }

    /// <summary>Copies the payload out and returns its length.</summary>
    public int CopyPayload(in JitterSlot slot, Span<byte> destination)
    {
        _bytes.AsSpan(slot.Index * _slotBytes, slot.Length).CopyTo(destination);
        return slot.Length;
    }

    private int At(long sequence) => (int)(sequence & (_ring.Length - 1));
}
