using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Receiving;

/// <summary>
/// Turns packets that come as the network likes into an even line of audio. Packets wait in slots made once; each is due at
/// its timestamp plus a delay that follows the jitter. One thread puts, another pops; a lock of this buffer's own lies
/// between. Nothing is allocated after construction.
/// </summary>
public sealed class JitterBuffer
{
    // The reader may fall this many steps behind before the line jumps to the present.
    private const int MaxLagSteps = 3;

    private readonly Lock _lock = new();
    private readonly JitterBufferOptions _options;
    private readonly JitterSlots _slots;
    private readonly JitterDelay _delay;
    private readonly byte[] _output;
    private readonly long _timestampFrequency;
    private readonly long _stepTicks; // 20 ms
    private readonly long _maxLeadTicks;
    private bool _started;
    private bool _playing;
    private uint _ssrc;
    private long _highestTimestamp;
    private long _offset; // local rtpTicks at which timestamp 0 is due
    private long _position; // playout line: the extended timestamp that comes next
    private int _lateInRow;
    private long _accepted, _played, _late, _duplicates, _lost, _skipped, _overflows, _stretches, _resyncs;

    /// <summary>Makes all slots.</summary>
    /// <param name="options">Sizes and delays.</param>
    /// <param name="timestampFrequency">Ticks per second of arrival and pop times: <see cref="TimeProvider.TimestampFrequency"/>.</param>
    public JitterBuffer(JitterBufferOptions options, long timestampFrequency)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timestampFrequency);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ClockRateHz, 8000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MinimumDelay, options.MaximumDelay);
        _options = options;
        _timestampFrequency = timestampFrequency;
        _stepTicks = options.ClockRateHz / 50;
        _maxLeadTicks = _stepTicks * (options.Slots - 8);
        _slots = new JitterSlots(options.Slots, options.SlotBytes);
        _delay = new JitterDelay(options, _stepTicks);
        _output = new byte[options.SlotBytes];
    }

    /// <summary>Counters at this moment.</summary>
    public JitterBufferStatistics GetStatistics()
    {
        lock (_lock)
        {
            return new JitterBufferStatistics(
                _accepted, _played, _late, _duplicates, _lost, _skipped, _overflows, _stretches, _resyncs,
                TimeSpan.FromSeconds(_delay.Target / (double)_options.ClockRateHz), _slots.Count);
        }
    }

    /// <summary>No packet waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _slots.Count == 0;
        }
    }

    /// <summary>Empties the buffer; the next packet starts the line anew.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _slots.Clear();
            _started = false;
            _playing = false;
        }
    }

    /// <summary>Takes a packet of audio. Telephone events do not belong here: their timestamps stand still.</summary>
    /// <param name="packet">The packet; its payload is copied.</param>
    /// <param name="durationTicks">How much sound it holds, rtpTicks; 0 or less counts as 20 ms.</param>
    /// <param name="arrivalTimestamp">When it came, timestamp ticks.</param>
    public JitterPutResult Put(in RtpPacketView packet, int durationTicks, long arrivalTimestamp)
    {
        ReadOnlySpan<byte> payload = packet.Payload;
        if (payload.Length > _options.SlotBytes)
            return JitterPutResult.TooLong;
        long duration = durationTicks > 0 ? durationTicks : _stepTicks;
        long local = ToLocal(arrivalTimestamp);
        lock (_lock)
        {
            JitterPutResult result = JitterPutResult.Accepted;
            if (!_started || packet.Ssrc != _ssrc)
            {
                result = _started ? JitterPutResult.Resynchronised : JitterPutResult.Accepted;
                StartLineNeedsLock(packet, local);
            }

            long sequence = SerialNumber.Extend(_slots.HighestSequence, packet.SequenceNumber);
            long timestamp = SerialNumber.Extend(_highestTimestamp, packet.Timestamp);
            if (_slots.HasSeen(sequence))
            {
                _duplicates++;
                return JitterPutResult.Duplicate;
            }

            long lead = timestamp + _offset - local;
            bool late = _playing
                ? timestamp + duration <= _position || sequence < _slots.NextSequence
                : _slots.HighestSequence - sequence >= _options.Slots;
            bool jumped = lead > _maxLeadTicks || sequence - _slots.NextSequence >= _options.Slots || timestamp + duration < _position - _maxLeadTicks;
            if (late && !jumped)
            {
                _late++;
                _lateInRow++;
                jumped = _lateInRow >= _options.LatePacketsToResync;
                if (!jumped)
                {
                    _delay.OnLead(Math.Min(lead, -1), local);
                    return JitterPutResult.Late;
                }
            }

            if (jumped)
            {
                result = JitterPutResult.Resynchronised;
                StartLineNeedsLock(packet, local);
                sequence = packet.SequenceNumber;
                timestamp = packet.Timestamp;
                lead = timestamp + _offset - local;
            }

            StoreNeedsLock(packet, sequence, timestamp, duration);
            _lateInRow = 0;
            _delay.OnLead(lead, local);
            return result;
        }
    }

    /// <summary>
    /// The next piece of the line; call it whenever fewer samples are in hand than the tick needs, so one tick may pop
    /// several short packets or none after a long one.
    /// </summary>
    /// <param name="now">Timestamp ticks.</param>
    /// <param name="frameTicks">How much a piece without packet shall fill at most, rtpTicks: one tick of the media clock.</param>
    public JitterFrame Pop(long now, int frameTicks)
    {
        lock (_lock)
        {
            if (!_started)
                return Piece(JitterFrameKind.Empty, frameTicks);
            long due = ToLocal(now) - _offset;
            if (!_playing || _position - due > 2 * Math.Max(frameTicks, _stepTicks))
            {
                if (_position > due)
                    return Piece(JitterFrameKind.Empty, frameTicks);
                _playing = true;
            }

            if (due - _position > MaxLagSteps * _stepTicks)
                JumpNeedsLock(due);
            return NextNeedsLock(frameTicks);
        }
    }

    private JitterFrame NextNeedsLock(int frameTicks)
    {
        if (_delay.Correction > 0)
        {
            ShiftNeedsLock(_stepTicks);
            _stretches++;
            return Piece(JitterFrameKind.Lost, (int)_stepTicks);
        }

        if (!_slots.TryPeek(out JitterSlot next))
            return AdvanceNeedsLock(JitterFrameKind.Empty, frameTicks);

        if (next.Timestamp > _position)
            return GapNeedsLock(next, frameTicks);

        while (_delay.Correction < 0 && _slots.Count > 1)
        {
            // Shorten: leave this packet out and go on with the one after it.
            ConsumeNeedsLock(next);
            _skipped++;
            ShiftNeedsLock(-next.Duration);
            if (!_slots.TryPeek(out next) || next.Timestamp > _position)
                return AdvanceNeedsLock(JitterFrameKind.Lost, frameTicks);
        }

        ConsumeNeedsLock(next);
        _played++;
        return WithPayload(JitterFrameKind.Packet, next, next.Timestamp, (int)next.Duration);
    }

    private JitterFrame GapNeedsLock(scoped in JitterSlot next, int frameTicks)
    {
        long gap = next.Timestamp - _position;
        int piece = (int)Math.Min(gap, frameTicks);
        if (next.Sequence == _slots.NextSequence)
        {
            // Nothing is missing: the talker pauses. The delay may be corrected here unheard.
            if (_delay.Correction < 0)
            {
                long shift = Math.Min(gap, -_delay.Correction);
                _position += shift;
                ShiftNeedsLock(-shift);
                if (gap == shift)
                    return NextNeedsLock(frameTicks);
                piece = (int)Math.Min(gap - shift, frameTicks);
            }

            return AdvanceNeedsLock(JitterFrameKind.Empty, piece);
        }

        if (gap > frameTicks)
            return AdvanceNeedsLock(JitterFrameKind.Lost, piece);
        JitterFrame frame = WithPayload(JitterFrameKind.LostFecInNext, next, _position, piece);
        _position += piece;
        return frame;
    }

    private JitterFrame AdvanceNeedsLock(JitterFrameKind kind, int ticks)
    {
        JitterFrame piece = Piece(kind, ticks);
        _position += ticks;
        return piece;
    }

    private JitterFrame Piece(JitterFrameKind kind, int ticks) =>
        new() { Kind = kind, Timestamp = (uint)_position, DurationTicks = ticks };

    private JitterFrame WithPayload(JitterFrameKind kind, scoped in JitterSlot slot, long timestamp, int ticks)
    {
        int length = _slots.CopyPayload(slot, _output);
        return new JitterFrame
        {
            Kind = kind,
            Payload = _output.AsSpan(0, length),
            PayloadType = slot.PayloadType,
            SequenceNumber = (ushort)slot.Sequence,
            Timestamp = (uint)timestamp,
            DurationTicks = ticks,
        };
    }

    private void ConsumeNeedsLock(in JitterSlot slot)
    {
        _lost += slot.Sequence - _slots.NextSequence;
        _position = slot.Timestamp + slot.Duration;
        _slots.Remove(slot.Sequence);
    }

    private void JumpNeedsLock(long due)
    {
        while (_slots.TryPeek(out JitterSlot slot) && slot.Timestamp + slot.Duration <= due)
        {
            ConsumeNeedsLock(slot);
            _skipped++;
        }

        _position = due;
    }

    private void StoreNeedsLock(in RtpPacketView packet, long sequence, long timestamp, long duration)
    {
        if (_slots.IsFull && _slots.TryPeek(out JitterSlot oldest))
        {
            ConsumeNeedsLock(oldest);
            _overflows++;
        }

        if (!_playing && timestamp < _position)
            _position = timestamp; // reordered at the very start
        _slots.Add(packet.Payload, packet.PayloadType, sequence, timestamp, duration, movesNext: !_playing);
        _highestTimestamp = Math.Max(_highestTimestamp, timestamp);
        _accepted++;
    }

    private void StartLineNeedsLock(in RtpPacketView packet, long local)
    {
        if (_started)
            _resyncs++;
        _started = true;
        _playing = false;
        _lateInRow = 0;
        _ssrc = packet.Ssrc;
        _highestTimestamp = packet.Timestamp;
        _position = packet.Timestamp;
        _offset = local + _delay.Target - packet.Timestamp;
        _slots.Restart(packet.SequenceNumber);
        _delay.Restart(local);
    }

    private void ShiftNeedsLock(long ticks)
    {
        _offset += ticks;
        _delay.OnShift(ticks);
    }

    private long ToLocal(long timestamp) => (long)((Int128)timestamp * _options.ClockRateHz / _timestampFrequency);
}
