namespace Avatar2D.Rtp.Payloads;

/// <summary>Comfort noise (RFC 3389 §3), payload type 13 at 8 kHz: a level, then reflection coefficients that may be left out.</summary>
/// <param name="LevelDbov">Noise level, 0 to -127 dBov.</param>
public readonly record struct ComfortNoise(int LevelDbov)
{
    /// <summary>Static payload type at 8 kHz (RFC 3551 table 4).</summary>
    public const byte PayloadType = 13;

    /// <summary>Reads the level; false for an empty payload. Coefficients are passed over.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out ComfortNoise value)
    {
        value = payload.IsEmpty ? default : new ComfortNoise(-(payload[0] & 0x7F));
        return !payload.IsEmpty;
    }

    /// <summary>Writes one byte; false when there is no room or the level is out of range.</summary>
    public bool TryWrite(Span<byte> destination)
    {
        if (destination.IsEmpty || LevelDbov is > 0 or < -127)
            return false;
        destination[0] = (byte)-LevelDbov;
        return true;
    }
}
