namespace Avatar2D.Rtp.Receiving;

/// <summary>
/// What is known of one incoming stream: RFC 3550 A.1 (sequence numbers), A.3 (loss), A.8 (jitter). One caller at a time.
/// </summary>
public sealed class ReceptionStatistics
{
    /// <summary>A jump ahead by this many packets or more is a restart of the sender, once two packets in a row confirm it.</summary>
    public const int MaxDropout = 3000;

    /// <summary>A packet up to this many behind is late or reordered, not a restart.</summary>
    public const int MaxMisorder = 100;

    private readonly int _minSequential;
    private int _probation;
    private bool _started;
    private ushort? _restartCandidate;
    private long _base;
    private long _highest;
    private long _received;
    private long _expectedPrior;
    private long _receivedPrior;
    private long _jitter16; // jitter in 1/16 rtpTicks, as A.8 scales it
    private long _transit;
    private bool _hasTransit;

    /// <summary>Makes empty statistics.</summary>
    /// <param name="minSequential">Packets in order before a source is valid (A.1); 0, the default, trusts the first one.</param>
    public ReceptionStatistics(int minSequential = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minSequential);
        _minSequential = minSequential;
        _probation = minSequential;
    }

    /// <summary>True once the source is valid.</summary>
    public bool IsStarted => _started;

    /// <summary>Packets received, duplicates and late ones with them.</summary>
    public long PacketsReceived => _received;

    /// <summary>Payload bytes received.</summary>
    public long OctetsReceived { get; private set; }

    /// <summary>Packets that should have come: highest - first + 1.</summary>
    public long PacketsExpected => _started ? _highest - _base + 1 : 0;

    /// <summary>Expected less received; negative with duplicates.</summary>
    public long PacketsLost => PacketsExpected - _received;

    /// <summary>Interarrival jitter, rtpTicks.</summary>
    public uint Jitter => (uint)(_jitter16 >> 4);

    /// <summary>Cycles in the upper 16 bits, highest sequence number in the lower.</summary>
    public uint HighestSequence => (uint)_highest;

    /// <summary>Forgets everything: a new SSRC.</summary>
    public void Reset()
    {
        _started = false;
        _probation = _minSequential;
        _restartCandidate = null;
        _jitter16 = 0;
        _hasTransit = false;
        OctetsReceived = 0;
        Begin(0);
        _started = false;
        _received = 0;
    }

    /// <summary>Takes a packet in; false while the source is on probation, or when the packet is far off and not confirmed.</summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="payloadBytes">Its payload length.</param>
    public bool OnPacket(ushort sequence, int payloadBytes)
    {
        if (!_started)
        {
            if (_probation > 0)
            {
                bool inOrder = _restartCandidate == sequence;
                _restartCandidate = (ushort)(sequence + 1);
                _probation = inOrder ? _probation - 1 : _minSequential - 1;
                if (_probation > 0)
                    return false;
            }

            Begin(sequence);
        }
        else if (!Advance(sequence))
        {
            return false;
        }

        _received++;
        OctetsReceived += payloadBytes;
        return true;
    }

    /// <summary>Takes the arrival of a packet into the jitter (A.8).</summary>
    /// <param name="rtpTimestamp">Its timestamp.</param>
    /// <param name="arrivalRtpTicks">Its arrival on any clock that counts in rtpTicks.</param>
    public void OnArrival(uint rtpTimestamp, long arrivalRtpTicks)
    {
        long transit = (uint)arrivalRtpTicks - (long)rtpTimestamp;
        if (_hasTransit)
        {
            long difference = Math.Abs((long)(int)(transit - _transit));
            _jitter16 += difference - ((_jitter16 + 8) >> 4);
        }

        _transit = transit;
        _hasTransit = true;
    }

    /// <summary>Fraction lost since the last call, in 1/256 (A.3); starts the next interval.</summary>
    public byte TakeFractionLost()
    {
        long expected = PacketsExpected - _expectedPrior;
        long received = _received - _receivedPrior;
        _expectedPrior = PacketsExpected;
        _receivedPrior = _received;
        long lost = expected - received;
        return expected == 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, (lost << 8) / expected);
    }

    private void Begin(ushort sequence)
    {
        _started = true;
        _restartCandidate = null;
        _base = sequence;
        _highest = sequence;
        _received = 0;
        _expectedPrior = 0;
        _receivedPrior = 0;
    }

    private bool Advance(ushort sequence)
    {
        int delta = (ushort)(sequence - (ushort)_highest);
        if (delta < MaxDropout)
        {
            _highest += delta;
            _restartCandidate = null;
            return true;
        }

        if (delta >= 0x10000 - MaxMisorder)
        {
            return true; // reordered or duplicate
        }

        if (_restartCandidate == sequence)
        {
            // Two in a row: the sender restarted without changing its SSRC.
            Begin(sequence);
            return true;
        }

        _restartCandidate = (ushort)(sequence + 1);
        return false;
    }
}
