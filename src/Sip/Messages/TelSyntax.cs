using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>The tel scheme: RFC 3966.</summary>
internal static class TelSyntax
{
    /// <summary>Parses what follows <c>tel:</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        int end = text.IndexOf(';');
        ReadOnlySpan<char> number = end < 0 ? text : text[..end];
        ReadOnlySpan<char> rest = end < 0 ? default : text[end..];
        if (number.IsEmpty || number.ContainsAnyExcept(SipChars.PhoneNumber) || !SipUriSyntax.TryReadParameters(rest, out SipParameters? parameters))
        {
            return false;
        }

        uri = new("tel") { User = number.ToString(), Parameters = parameters };
        return Number(uri.User) is not null;
    }

    /// <summary>The number without visual separators; null when the text is no phone number.</summary>
    public static string? Number(string? user)
    {
        if (user is null)
        {
            return null;
        }

        // A sip user may carry tel parameters: RFC 3261 §19.1.6.
        int end = user.IndexOf(';', StringComparison.Ordinal);
        ReadOnlySpan<char> text = end < 0 ? user : user.AsSpan(0, end);
        StringBuilder digits = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '-' or '.' or '(' or ')')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit(c) && c is not ('*' or '#') && !(c == '+' && i == 0))
            {
                return null;
            }

            digits.Append(c);
        }

        return digits.Length == 0 || (digits.Length == 1 && digits[0] == '+') ? null : digits.ToString();
    }
}
