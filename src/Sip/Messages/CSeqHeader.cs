using System.Globalization;

namespace Avatar2D.Sip.Messages;

/// <summary>CSeq: RFC 3261 §20.16. The number is below 2^31.</summary>
/// <param name="Number">Sequence number.</param>
/// <param name="Method">Method of the request.</param>
public readonly record struct CSeqHeader(uint Number, string Method)
{
    /// <summary>Parses the value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CSeqHeader value)
    {
        value = default;
        text = text.Trim(" \t");
        int gap = text.IndexOfAny(SipChars.Space);
        if (gap < 0 || !SipNumber.TryParse(text[..gap], SipNumber.Max31, out uint number))
        {
            return false;
        }

        ReadOnlySpan<char> method = text[gap..].TrimStart(" \t");
        if (!SipChars.IsToken(method))
        {
            return false;
        }

        value = new(number, SipMethods.Intern(method));
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Method}");
}
