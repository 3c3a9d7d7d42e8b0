namespace Avatar2D.Sip.Messages;

/// <summary>Decimal numbers of the grammar (<c>1*DIGIT</c>): no sign, leading zeros allowed, overflow refused.</summary>
internal static class SipNumber
{
    /// <summary>Largest CSeq, RSeq and delta-seconds that we take: 2^31 - 1 (RFC 3261 §8.1.1.5).</summary>
    public const uint Max31 = int.MaxValue;

    /// <summary>Parses digits only, with white space around, up to <paramref name="maximum"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, uint maximum, out uint value)
    {
        text = text.Trim(" \t");
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        ulong sum = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            sum = (sum * 10) + (uint)(c - '0');
            if (sum > maximum)
            {
                return false;
            }
        }

        value = (uint)sum;
        return true;
    }

    /// <summary>Parses a number of seconds or hops that fits an <see cref="int"/>.</summary>
    public static bool TryParseInt(ReadOnlySpan<char> text, out int value)
    {
        bool ok = TryParse(text, Max31, out uint number);
        value = (int)number;
        return ok;
    }

    /// <summary>Parses a full unsigned 32-bit number.</summary>
    public static bool TryParseUInt(ReadOnlySpan<char> text, out uint value) => TryParse(text, uint.MaxValue, out value);

    /// <summary>Parses Max-Forwards or a TTL: 0 to 255.</summary>
    public static bool TryParseHops(ReadOnlySpan<char> text, out int value)
    {
        bool ok = TryParse(text, 255, out uint number);
        value = (int)number;
        return ok;
    }
}
