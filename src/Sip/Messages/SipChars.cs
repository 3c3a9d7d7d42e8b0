using System.Buffers;
using System.Globalization;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>Character classes and escapes of the SIP grammar: RFC 3261 §25.1.</summary>
internal static class SipChars
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Mark = "-_.!~*'()";

    /// <summary><c>token</c>.</summary>
    public static readonly SearchValues<char> Token = SearchValues.Create(Alphanumeric + "-.!%*_+`'~");

    /// <summary><c>word</c>, of which Call-ID is made.</summary>
    public static readonly SearchValues<char> Word = SearchValues.Create(Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}");

    /// <summary>Linear white space inside an unfolded value.</summary>
    public static readonly SearchValues<char> Space = SearchValues.Create(" \t");

    /// <summary>What ends an unquoted parameter value of a header.</summary>
    public static readonly SearchValues<char> ParameterEnd = SearchValues.Create(" \t;,\"<>");

    /// <summary>Characters of a host name or IPv4 address; the underscore is not RFC but seen in private names.</summary>
    public static readonly SearchValues<char> HostName = SearchValues.Create(Alphanumeric + "-._");

    /// <summary>Characters of an IPv6 address; zones and prefixes have no place in SIP.</summary>
    public static readonly SearchValues<char> Ipv6 = SearchValues.Create("0123456789ABCDEFabcdef:.");

    /// <summary>Characters of the user part, unescaped: <c>unreserved</c> and <c>user-unreserved</c>.</summary>
    public static readonly SearchValues<char> User = SearchValues.Create(Alphanumeric + Mark + "&=+$,;?/");

    /// <summary>Characters taken unescaped in the user part from the wire: also <c>#</c>, which many phones forget to escape.</summary>
    public static readonly SearchValues<char> UserOnWire = SearchValues.Create(Alphanumeric + Mark + "&=+$,;?/#");

    /// <summary>Characters of a password, unescaped.</summary>
    public static readonly SearchValues<char> Password = SearchValues.Create(Alphanumeric + Mark + "&=+$,");

    /// <summary>Characters of a URI parameter, unescaped: <c>unreserved</c> and <c>param-unreserved</c>.</summary>
    public static readonly SearchValues<char> UriParameter = SearchValues.Create(Alphanumeric + Mark + "[]/:&+$");

    /// <summary>Characters taken unescaped in a URI parameter from the wire: also <c>=</c>, which senders of Base64 forget to escape.</summary>
    public static readonly SearchValues<char> UriParameterOnWire = SearchValues.Create(Alphanumeric + Mark + "[]/:&+$=");

    /// <summary>Characters of a URI header, unescaped: <c>unreserved</c> and <c>hnv-unreserved</c>.</summary>
    public static readonly SearchValues<char> UriHeader = SearchValues.Create(Alphanumeric + Mark + "[]/?:+$");

    /// <summary>Characters that an opaque URI (RFC 3986) may have.</summary>
    public static readonly SearchValues<char> AnyUri = SearchValues.Create(Alphanumeric + Mark + ";/?:@&=+$,%#[]");

    /// <summary>Characters of a telephone subscriber's number: RFC 3966 §3.</summary>
    public static readonly SearchValues<char> PhoneNumber = SearchValues.Create("0123456789ABCDEFabcdef*#+-.()");

    /// <summary>Characters that would break a message when written inside a header or start line.</summary>
    public static readonly SearchValues<char> LineBreak = SearchValues.Create("\r\n");

    /// <summary>True for a non-empty <c>token</c>.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    /// <summary>True when every character is in <paramref name="allowed"/> or part of a <c>%HH</c> escape.</summary>
    public static bool IsEscaped(ReadOnlySpan<char> text, SearchValues<char> allowed)
    {
        while (true)
        {
            int at = text.IndexOfAnyExcept(allowed);
            if (at < 0)
            {
                return true;
            }

            if (text[at] != '%' || at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }

            text = text[(at + 3)..];
        }
    }

    /// <summary>Replaces each <c>%HH</c> run by its UTF-8 text; broken escapes stay as they are.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('%'))
        {
            return text.ToString();
        }

        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int length = 0;
        while (!text.IsEmpty)
        {
            if (text[0] == '%' && text.Length > 2 && byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, null, out byte value))
            {
                bytes[length++] = value;
                text = text[3..];
                continue;
            }

            int next = text[1..].IndexOf('%') is var found && found < 0 ? text.Length : found + 1;
            length += Encoding.UTF8.GetBytes(text[..next], bytes.AsSpan(length));
            text = text[next..];
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Writes <c>%HH</c> for every UTF-8 byte of a character outside <paramref name="allowed"/>.</summary>
    public static string Escape(string text, SearchValues<char> allowed)
    {
        if (!text.AsSpan().ContainsAnyExcept(allowed))
        {
            return text;
        }

        StringBuilder escaped = new(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && allowed.Contains((char)rune.Value))
            {
                escaped.Append((char)rune.Value);
                continue;
            }

            foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                escaped.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    /// <summary>Text of a quoted string without its quotes and backslashes; other text as it is.</summary>
    public static string Unquote(ReadOnlySpan<char> raw)
    {
        if (raw.Length < 2 || raw[0] != '"' || raw[^1] != '"')
        {
            return raw.ToString();
        }

        ReadOnlySpan<char> inner = raw[1..^1];
        if (!inner.Contains('\\'))
        {
            return inner.ToString();
        }

        StringBuilder text = new(inner.Length);
        for (int i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length)
            {
                i++;
            }

            text.Append(inner[i]);
        }

        return text.ToString();
    }

    /// <summary>A quoted string with <c>"</c> and <c>\</c> escaped.</summary>
    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
