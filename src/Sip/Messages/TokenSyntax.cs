using System.Diagnostics.CodeAnalysis;

namespace Avatar2D.Sip.Messages;

/// <summary>Values that are a single token, a Call-ID or free text.</summary>
internal static class TokenSyntax
{
    /// <summary>Parses a token: option tags, methods, event packages.</summary>
    public static bool TryParseToken(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? value)
    {
        text = text.Trim(" \t");
        value = SipChars.IsToken(text) ? text.ToString() : null;
        return value is not null;
    }

    /// <summary>Parses <c>word ["@" word]</c>: RFC 3261 §20.8.</summary>
    public static bool TryParseCallId(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? value)
    {
        value = null;
        text = text.Trim(" \t");
        int at = text.IndexOf('@');
        ReadOnlySpan<char> first = at < 0 ? text : text[..at];
        ReadOnlySpan<char> second = at < 0 ? "x" : text[(at + 1)..];
        if (first.IsEmpty || second.IsEmpty || first.ContainsAnyExcept(SipChars.Word) || second.ContainsAnyExcept(SipChars.Word))
        {
            return false;
        }

        value = text.ToString();
        return true;
    }

    /// <summary>Takes any text.</summary>
    public static bool TryParseText(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? value)
    {
        value = text.ToString();
        return true;
    }
}
