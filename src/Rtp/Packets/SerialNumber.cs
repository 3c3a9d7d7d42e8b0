namespace Avatar2D.Rtp.Packets;

/// <summary>Arithmetic on counters that wrap (RFC 1982): sequence numbers of 16 bits, timestamps of 32 bits.</summary>
public static class SerialNumber
{
    /// <summary>Signed distance from <paramref name="earlier"/> to <paramref name="later"/>: -32,768 to 32,767.</summary>
    public static int Distance(ushort earlier, ushort later) => (short)(later - earlier);

    /// <summary>Signed distance from <paramref name="earlier"/> to <paramref name="later"/> in rtpTicks.</summary>
    public static int Distance(uint earlier, uint later) => (int)(later - earlier);

    /// <summary>True when <paramref name="candidate"/> comes after <paramref name="reference"/>.</summary>
    public static bool IsNewer(ushort candidate, ushort reference) => Distance(reference, candidate) > 0;

    /// <summary>True when <paramref name="candidate"/> comes after <paramref name="reference"/>.</summary>
    public static bool IsNewer(uint candidate, uint reference) => Distance(reference, candidate) > 0;

    /// <summary>The 64-bit number next to <paramref name="reference"/> whose low 16 bits are <paramref name="value"/>.</summary>
    public static long Extend(long reference, ushort value) => reference + Distance((ushort)reference, value);

    /// <summary>The 64-bit number next to <paramref name="reference"/> whose low 32 bits are <paramref name="value"/>.</summary>
    public static long Extend(long reference, uint value) => reference + Distance((uint)reference, value);
}
