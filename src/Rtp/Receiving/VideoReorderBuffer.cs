using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Receiving;

/// <summary>
/// Puts video packets in order of sequence numbers before they are put together. In-order packets pass at once; behind a
/// gap they wait for <see cref="MaximumWait"/> or until the ring is full. One thread at a time. Allocates only in the constructor.
/// </summary>
public sealed class VideoReorderBuffer
{
    private readonly int _slotBytes;
    private readonly byte[] _bytes;
    private readonly int[] _length; // 0: free
    private readonly long[] _sequence;
    private readonly long[] _arrival;
    private readonly long _maximumWait;
    private bool _started;
    private uint _ssrc;
    private long _next;
    private long _highest;
    private int _count;

    /// <summary>Makes the ring.</summary>
    /// <param name="timestampFrequency">Ticks per second of the times given to the methods.</param>
    /// <param name="maximumWait">How long a gap is waited for; null: 40 ms, one frame at 25 fps.</param>
    /// <param name="slots">Packets that can wait, a power of two. Default 128: a key frame of about 150 kB.</param>
    /// <param name="slotBytes">Longest datagram. Default 1,500.</param>
    public VideoReorderBuffer(long timestampFrequency, TimeSpan? maximumWait = null, int slots = 128, int slotBytes = 1500)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timestampFrequency);
        if (slots < 16 || (slots & (slots - 1)) != 0)
            throw new ArgumentException($"A reorder buffer has a power of two of slots, at least 16, not {slots}.", nameof(slots));
        MaximumWait = maximumWait ?? TimeSpan.FromMilliseconds(40);
        _maximumWait = (long)(MaximumWait.TotalSeconds * timestampFrequency);
        _slotBytes = slotBytes;
        _bytes = new byte[slots * slotBytes];
        _length = new int[slots];
        _sequence = new long[slots];
        _arrival = new long[slots];
    }

    /// <summary>How long a gap is waited for.</summary>
    public TimeSpan MaximumWait { get; }

    /// <summary>Packets that never came, or too late.</summary>
    public long Lost { get; private set; }

    /// <summary>Packets dropped as late, double or too long.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes a copy of the packet; false when it is late, double or too long.</summary>
    public bool Put(in RtpPacketView packet, long arrivalTimestamp)
    {
        if (packet.Bytes.Length > _slotBytes)
        {
            Dropped++;
            return false;
        }

        long sequence = SerialNumber.Extend(_highest, packet.SequenceNumber);
        if (!_started || packet.Ssrc != _ssrc || Math.Abs(sequence - _highest) > 8L * _length.Length)
        {
            Restart(packet);
            sequence = packet.SequenceNumber;
        }

        if (sequence < _next || (_length[At(sequence)] > 0 && _sequence[At(sequence)] == sequence))
        {
            Dropped++;
            return false;
        }

        while (sequence - _next >= _length.Length)
            Skip();
        int at = At(sequence);
        _length[at] = packet.Bytes.Length;
        _sequence[at] = sequence;
        _arrival[at] = arrivalTimestamp;
        packet.Bytes.CopyTo(_bytes.AsSpan(at * _slotBytes));
        _highest = Math.Max(_highest, sequence);
        _count++;
        return true;
    }

    /// <summary>The next packet in order, valid until the next <see cref="Put"/>; false while none is ready.</summary>
    public bool TryTake(long now, out RtpPacketView packet)
    {
        packet = default;
        if (_count == 0)
            return false;
        if (_length[At(_next)] == 0)
        {
            long found = _next;
            while (_length[At(found)] == 0)
                found++;
            if (now - _arrival[At(found)] < _maximumWait)
                return false;
            Lost += found - _next;
            _next = found;
        }

        int at = At(_next);
        int length = _length[at];
        _length[at] = 0;
        _count--;
        _next++;
        return RtpPacketView.TryParse(_bytes.AsSpan(at * _slotBytes, length), out packet, out _);
    }

    private int At(long sequence) => (int)(sequence & (_length.Length - 1));

    private void Skip()
    {
        int at = At(_next);
        if (_length[at] > 0)
        {
            _length[at] = 0;
            _count--;
            Dropped++;
        }
        else
        {
            Lost++;
        }

        _next++;
    }

    private void Restart(in RtpPacketView packet)
    {
        Array.Clear(_length);
        _count = 0;
        _started = true;
        _ssrc = packet.Ssrc;
        _next = packet.SequenceNumber;
        _highest = packet.SequenceNumber;
    }
}
