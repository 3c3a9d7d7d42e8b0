namespace Avatar2D.Rtp.Rtcp;

/// <summary>
/// Wall clock time as RTCP carries it (RFC 3550 §4): seconds since 1900-01-01 UTC in the upper 32 bits, 2^-32 s in the lower.
/// Wraps in February 2036; only differences of a few hours are formed from it.
/// </summary>
/// <param name="Value">The 64 bits.</param>
public readonly record struct NtpTimestamp(ulong Value)
{
    private static readonly DateTime Epoch = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Seconds since 1900, modulo 2^32.</summary>
    public uint Seconds => (uint)(Value >> 32);

    /// <summary>Fraction of the second in 2^-32 s.</summary>
    public uint Fraction => (uint)Value;

    /// <summary>The middle 32 bits, in 2^-16 s: what LSR carries.</summary>
    public uint Middle32 => (uint)(Value >> 16);

    /// <summary>From a point in time; exact to the 100 ns tick.</summary>
    public static NtpTimestamp From(DateTimeOffset time)
    {
        ulong ticks = (ulong)(time.UtcDateTime - Epoch).Ticks;
        ulong seconds = ticks / TimeSpan.TicksPerSecond;
        ulong rest = ticks % TimeSpan.TicksPerSecond;
        return new NtpTimestamp((seconds << 32) | ((rest << 32) / TimeSpan.TicksPerSecond));
    }

    /// <summary>The point in time within the era of 1900 to 2036, to the nearest 100 ns tick.</summary>
    public DateTimeOffset ToDateTimeOffset()
    {
        long ticks = (Seconds * TimeSpan.TicksPerSecond) + (long)((((ulong)Fraction * TimeSpan.TicksPerSecond) + (1UL << 31)) >> 32);
        return new DateTimeOffset(Epoch.AddTicks(ticks));
    }

    /// <summary>From <paramref name="earlier"/> to this time, negative when this one is before it.</summary>
    public TimeSpan Since(NtpTimestamp earlier)
    {
        long difference = (long)(Value - earlier.Value);
        long seconds = difference >> 32;
        long fraction = (long)((uint)difference * (ulong)TimeSpan.TicksPerSecond >> 32);
        return new TimeSpan((seconds * TimeSpan.TicksPerSecond) + fraction);
    }
}
