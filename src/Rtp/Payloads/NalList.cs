namespace Avatar2D.Rtp.Payloads;

/// <summary>Places of the NAL units of one access unit, and how far a packetizer has come. Grows to the largest seen.</summary>
internal sealed class NalList
{
    private (int Offset, int Length)[] _units = new (int, int)[32];

    /// <summary>Units found.</summary>
    public int Count { get; private set; }

    /// <summary>Unit that comes next.</summary>
    public int Index { get; set; }

    /// <summary>Bytes of that unit that went out as fragments already; 0 when none.</summary>
    public int FragmentOffset { get; set; }

    /// <summary>True after the last unit.</summary>
    public bool IsDone => Index >= Count;

    /// <summary>Bytes of the access unit that was filled in.</summary>
    public int StreamLength { get; private set; }

    /// <summary>Place of a unit.</summary>
    public (int Offset, int Length) this[int index] => _units[index];

    /// <summary>Finds the units that are at least <paramref name="minimumBytes"/> long.</summary>
    public void Fill(ReadOnlySpan<byte> accessUnit, int minimumBytes)
    {
        Clear();
        StreamLength = accessUnit.Length;
        AnnexBReader reader = new(accessUnit);
        while (reader.TryReadNext(out int offset, out int length))
        {
            if (length < minimumBytes)
                continue;
            if (Count == _units.Length)
                Array.Resize(ref _units, 2 * Count);
            _units[Count++] = (offset, length);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Count = 0;
        Index = 0;
        FragmentOffset = 0;
        StreamLength = 0;
    }

    /// <summary>Goes on behind <paramref name="units"/> whole units.</summary>
    public void Advance(int units)
    {
        Index += units;
        FragmentOffset = 0;
    }

    /// <summary>How many units from here fit into one aggregation packet whose own header takes <paramref name="headerBytes"/>.</summary>
    public int CountThatFit(int headerBytes, int maximumBytes)
    {
        int total = headerBytes;
        int units = 0;
        while (Index + units < Count && total + 2 + _units[Index + units].Length <= maximumBytes)
            total += 2 + _units[Index + units++].Length;
        return units;
    }
}
