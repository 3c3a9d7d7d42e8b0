using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>Reads and writes the parts of <see cref="SipUri"/>: RFC 3261 §25.1.</summary>
internal static class SipUriSyntax
{
    private static readonly SearchValues<char> Scheme =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <summary>Parses a whole URI of any scheme.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        int colon = text.IndexOf(':');
        if (colon < 1 || !char.IsAsciiLetter(text[0]) || text[..colon].ContainsAnyExcept(Scheme))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[(colon + 1)..];
        return text[..colon] switch
        {
            "sip" => TryParseSip("sip", rest, out uri),
            "sips" => TryParseSip("sips", rest, out uri),
            "tel" => TelSyntax.TryParse(rest, out uri),
            ReadOnlySpan<char> name => TryParseOther(name.ToString().ToLowerInvariant(), rest, out uri),
        };
    }

    /// <summary>Reads <c>*(";" name ["=" value])</c> of a URI, unescaped.</summary>
    public static bool TryReadParameters(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipParameters? parameters)
    {
        parameters = SipParameters.EmptyOfUri;
        return text.IsEmpty || (text[0] == ';' && TryReadPairs(text[1..], ';', SipChars.UriParameterOnWire, out parameters));
    }

    /// <summary>Writes URI parameters, escaped.</summary>
    public static void AppendParameters(StringBuilder text, SipParameters parameters)
    {
        foreach (SipParameter item in parameters)
        {
            text.Append(';').Append(SipChars.Escape(item.Name, SipChars.UriParameter));
            if (item.Value is { } value)
            {
                text.Append('=').Append(SipChars.Escape(value, SipChars.UriParameter));
            }
        }
    }

    /// <summary>Writes URI headers, escaped.</summary>
    public static void AppendHeaders(StringBuilder text, SipParameters headers)
    {
        char before = '?';
        foreach (SipParameter item in headers)
        {
            text.Append(before).Append(SipChars.Escape(item.Name, SipChars.UriHeader));
            text.Append('=').Append(SipChars.Escape(item.Value ?? "", SipChars.UriHeader));
            before = '&';
        }
    }

    private static bool TryParseSip(string scheme, ReadOnlySpan<char> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        string? user = null;
        string? password = null;

        // An unescaped @ ends the user part; there can be only one before the host.
        int at = text.IndexOf('@');
        if (at >= 0)
        {
            if (!TryReadUser(text[..at], out user, out password))
            {
                return false;
            }

            text = text[(at + 1)..];
        }

        SipScanner scanner = new(text);
        if (!HostSyntax.TryRead(ref scanner, spaceAroundColon: false, out string host, out int? port))
        {
            return false;
        }

        ReadOnlySpan<char> rest = scanner.Rest;
        SipParameters? headers = SipParameters.EmptyOfUri;
        int question = rest.IndexOf('?');
        if (question >= 0)
        {
            if (!TryReadPairs(rest[(question + 1)..], '&', SipChars.UriHeader, out headers))
            {
                return false;
            }

            rest = rest[..question];
        }

        if (!TryReadParameters(rest, out SipParameters? parameters))
        {
            return false;
        }

        uri = new(scheme) { User = user, Password = password, Host = host, Port = port, Parameters = parameters, Headers = headers };
        return true;
    }

    private static bool TryReadUser(ReadOnlySpan<char> text, out string? user, out string? password)
    {
        user = null;
        password = null;
        int colon = text.IndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? text : text[..colon];
        if (name.IsEmpty || !SipChars.IsEscaped(name, SipChars.UserOnWire))
        {
            return false;
        }

        user = SipChars.Unescape(name);
        if (colon >= 0)
        {
            ReadOnlySpan<char> secret = text[(colon + 1)..];
            if (!SipChars.IsEscaped(secret, SipChars.Password))
            {
                return false;
            }

            password = SipChars.Unescape(secret);
        }

        return true;
    }

    private static bool TryReadPairs(
        ReadOnlySpan<char> text, char separator, SearchValues<char> allowed, [NotNullWhen(true)] out SipParameters? parameters)
    {
        parameters = null;
        List<SipParameter> items = [];
        while (true)
        {
            int end = text.IndexOf(separator);
            ReadOnlySpan<char> pair = end < 0 ? text : text[..end];
            int equal = pair.IndexOf('=');
            ReadOnlySpan<char> name = equal < 0 ? pair : pair[..equal];
            ReadOnlySpan<char> value = equal < 0 ? default : pair[(equal + 1)..];
            bool bad = name.IsEmpty || !SipChars.IsEscaped(name, allowed) || !SipChars.IsEscaped(value, allowed);
            if (bad || items.Count >= SipParameters.MaxCount)
            {
                return false;
            }

            string plainName = name.Contains('%') ? SipChars.Unescape(name) : SipParameters.Intern(name);
            items.Add(new(plainName, equal < 0 ? null : SipChars.Unescape(value)));
            if (end < 0)
            {
                parameters = new([.. items], isOfUri: true);
                return true;
            }

            text = text[(end + 1)..];
        }
    }

    private static bool TryParseOther(string scheme, ReadOnlySpan<char> rest, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        switch (scheme)
        {
            // The scheme compares without case; most senders write lower case, so this is the slow way round.
            case "sip" or "sips":
                return TryParseSip(scheme, rest, out uri);
            case "tel":
                return TelSyntax.TryParse(rest, out uri);
        }

        if (rest.IsEmpty || rest.ContainsAnyExcept(SipChars.AnyUri))
        {
            return false;
        }

        uri = new(scheme) { Opaque = rest.ToString() };
        return true;
    }
}
