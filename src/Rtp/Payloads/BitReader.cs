namespace Avatar2D.Rtp.Payloads;

/// <summary>Reads bits from the highest of each byte on.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Bits that are left.</summary>
    public readonly int Left => (8 * _bytes.Length) - _position;

    /// <summary>Reads up to 8 bits; false, with nothing read, when there are fewer.</summary>
    public bool TryRead(int bits, out int value)
    {
        value = 0;
        if (Left < bits)
            return false;
        for (; bits > 0; bits--, _position++)
            value = (value << 1) | ((_bytes[_position >> 3] >> (7 - (_position & 7))) & 1);
        return true;
    }

    /// <summary>Passes over bits.</summary>
    public bool TrySkip(int bits)
    {
        if (Left < bits)
            return false;
        _position += bits;
        return true;
    }
}
