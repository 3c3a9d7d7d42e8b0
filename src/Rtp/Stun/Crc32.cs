namespace Avatar2D.Rtp.Stun;

/// <summary>CRC-32 of ISO 3309, as FINGERPRINT has it (RFC 8489 §14.7).</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB8_8320; // Reflected.

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Row)];

    /// <summary>The sum of all bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes)
            sum = Table[(byte)(sum ^ b)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Row(int index)
    {
        uint value = (uint)index;
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? Polynomial ^ (value >> 1) : value >> 1;
        return value;
    }
}
