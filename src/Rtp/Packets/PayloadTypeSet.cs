namespace Avatar2D.Rtp.Packets;

/// <summary>A set of payload types 0 to 127, immutable, without allocation.</summary>
/// <param name="Low">Bit n is payload type n, 0 to 63.</param>
/// <param name="High">Bit n is payload type 64 + n.</param>
public readonly record struct PayloadTypeSet(ulong Low, ulong High)
{
    /// <summary>The empty set.</summary>
    public static PayloadTypeSet None => default;

    /// <summary>The set of the given types; values above 127 are left out.</summary>
    public static PayloadTypeSet Of(params ReadOnlySpan<byte> payloadTypes)
    {
        PayloadTypeSet set = default;
        foreach (byte type in payloadTypes)
        {
            set = set.With(type);
        }

        return set;
    }

    /// <summary>This set and <paramref name="payloadType"/>.</summary>
    public PayloadTypeSet With(byte payloadType) => payloadType switch
    {
        < 64 => this with { Low = Low | (1UL << payloadType) },
        < 128 => this with { High = High | (1UL << (payloadType - 64)) },
        _ => this,
    };

    /// <summary>True when <paramref name="payloadType"/> is a member.</summary>
    public bool Contains(byte payloadType) => payloadType switch
    {
        < 64 => (Low >> payloadType & 1) != 0,
        < 128 => (High >> (payloadType - 64) & 1) != 0,
        _ => false,
    };
}
