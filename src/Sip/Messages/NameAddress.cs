using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>Display name, URI and header parameters: From, To, Contact, Route and others. RFC 3261 §20.10, §25.1.</summary>
/// <param name="Uri">The address.</param>
/// <param name="DisplayName">Display name without quotes and escapes; null when absent.</param>
/// <param name="Parameters">Header parameters, after the brackets.</param>
public sealed record NameAddress(SipUri Uri, string? DisplayName, SipParameters Parameters)
{
    private static readonly System.Buffers.SearchValues<char> BadInDisplayName = System.Buffers.SearchValues.Create("\",;<>\\");

    private static readonly System.Buffers.SearchValues<char> BareUriEnd = System.Buffers.SearchValues.Create(" \t;");

    /// <summary>An address without display name and parameters.</summary>
    public NameAddress(SipUri uri)
        : this(uri, null, SipParameters.Empty)
    {
    }

    /// <summary>The tag of From or To: RFC 3261 §19.3; null when absent.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>The expires parameter of a Contact, in seconds; null when absent or malformed.</summary>
    public int? Expires => Parameters["expires"] is { } text && SipNumber.TryParseInt(text, out int seconds) ? seconds : null;

    /// <summary>Parses one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out NameAddress? value)
    {
        value = null;
        SipScanner scanner = new(text);
        scanner.SkipSpace();
        string? display = null;
        if (scanner.Current == '"')
        {
            if (!scanner.TryTakeQuoted(out ReadOnlySpan<char> quoted))
            {
                return false;
            }

            display = SipChars.Unquote(quoted);
            scanner.SkipSpace();
            if (scanner.Current != '<')
            {
                return false;
            }
        }
        else if (scanner.Rest.IndexOf('<') is var bracket and > 0 && !scanner.Rest[..bracket].ContainsAny(BadInDisplayName))
        {
            // Beyond token characters: phones send unquoted names with (, ), &, / or in UTF-8.
            display = scanner.Take(bracket).Trim(" \t").ToString();
        }

        ReadOnlySpan<char> address;
        if (scanner.TryTake('<'))
        {
            int end = scanner.Rest.IndexOf('>');
            if (end < 0)
            {
                return false;
            }

            address = scanner.Take(end);
            _ = scanner.TryTake('>');
        }
        else
        {
            // Without brackets, semicolons begin header parameters and a question mark is forbidden: RFC 3261 §20.10.
            address = scanner.TakeUntil(BareUriEnd);
            if (address.Contains('?') || address.Contains(','))
            {
                return false;
            }
        }

        if (!SipUri.TryParse(address, out SipUri? uri) || !SipParameters.TryRead(ref scanner, out SipParameters? parameters))
        {
            return false;
        }

        value = new(uri, string.IsNullOrEmpty(display) ? null : display, parameters);
        return true;
    }

    /// <summary>This address with one header parameter set.</summary>
    public NameAddress WithParameter(string name, string? parameter) => this with { Parameters = Parameters.With(name, parameter) };

    /// <summary>This address with a tag; null takes the tag away.</summary>
    public NameAddress WithTag(string? tag) =>
        this with { Parameters = tag is null ? Parameters.Without("tag") : Parameters.With("tag", tag) };

    /// <summary>The value as it is written, always with brackets.</summary>
    public override string ToString()
    {
        StringBuilder text = new(96);
        if (DisplayName is not null)
        {
            SipHeader.ThrowIfBreaksLine(DisplayName);
            text.Append(SipChars.Quote(DisplayName)).Append(' ');
        }

        text.Append('<').Append(Uri).Append('>');
        Parameters.AppendTo(text);
        return text.ToString();
    }
}
