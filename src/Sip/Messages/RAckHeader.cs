using System.Globalization;

namespace Avatar2D.Sip.Messages;

/// <summary>RAck: RFC 3262 §7.2.</summary>
/// <param name="ResponseNumber">RSeq of the acknowledged response.</param>
/// <param name="CSeqNumber">CSeq number of that response.</param>
/// <param name="Method">CSeq method of that response.</param>
public readonly record struct RAckHeader(uint ResponseNumber, uint CSeqNumber, string Method)
{
    /// <summary>Parses the value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RAckHeader value)
    {
        value = default;
        text = text.Trim(" \t");
        int gap = text.IndexOfAny(SipChars.Space);
        if (gap < 0 || !SipNumber.TryParseUInt(text[..gap], out uint response) || !CSeqHeader.TryParse(text[gap..], out CSeqHeader cseq))
        {
            return false;
        }

        value = new(response, cseq.Number, cseq.Method);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ResponseNumber} {CSeqNumber} {Method}");
}
