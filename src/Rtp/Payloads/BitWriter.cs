namespace Avatar2D.Rtp.Payloads;

/// <summary>Writes bits from the highest of each byte on, into bytes that are zero.</summary>
internal ref struct BitWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;
    private int _position;

    /// <summary>Bytes written, the last one filled up; 0 once there was no room.</summary>
    public readonly int Length => _position < 0 ? 0 : (_position + 7) / 8;

    /// <summary>Writes the low bits of a value.</summary>
    public void Write(int value, int bits)
    {
        if (_position < 0 || _position + bits > 8 * _bytes.Length)
        {
            _position = -1;
            return;
        }

        for (int i = bits - 1; i >= 0; i--, _position++)
            _bytes[_position >> 3] |= (byte)(((value >> i) & 1) << (7 - (_position & 7)));
    }
}
