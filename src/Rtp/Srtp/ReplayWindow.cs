namespace Avatar2D.Rtp.Srtp;

/// <summary>
/// Which of the last 128 packet indexes came in (RFC 3711 §3.3.2 asks for at least 64). Look with <see cref="IsFresh"/> before a
/// packet is checked, <see cref="Add"/> it afterwards.
/// </summary>
internal struct ReplayWindow
{
    /// <summary>Indexes that are this far behind the highest are too old.</summary>
    public const int Size = 128;

    private UInt128 _seen; // Bit 0: the highest.
    private bool _started;

    /// <summary>The highest index that came in.</summary>
    public long Highest { get; private set; }

    /// <summary>True when an index is neither known nor too old.</summary>
    public readonly bool IsFresh(long index)
    {
        if (!_started || index > Highest)
            return true;
        long age = Highest - index;
        return age < Size && (_seen >> (int)age & UInt128.One) == 0;
    }

    /// <summary>Takes the index of a genuine packet.</summary>
    public void Add(long index)
    {
        if (!_started || index > Highest)
        {
            long step = _started ? index - Highest : Size;
            _seen = (step >= Size ? UInt128.Zero : _seen << (int)step) | UInt128.One;
            Highest = index;
            _started = true;
            return;
        }

        long age = Highest - index;
        if (age < Size)
            _seen |= UInt128.One << (int)age;
    }
}
