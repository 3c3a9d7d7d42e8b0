using System.Text;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Parsing;

/// <summary>A parsed start line, or what is known of a bad one: RFC 3261 §7.1, §7.2.</summary>
internal readonly record struct StartLine
{
    /// <summary>Method of a request; null for a status line or when unreadable.</summary>
    public string? Method { get; private init; }

    /// <summary>Request-URI; null for a status line or when malformed.</summary>
    public SipUri? RequestUri { get; private init; }

    /// <summary>Status code; 0 for a request line.</summary>
    public int StatusCode { get; private init; }

    /// <summary>Reason phrase; empty for a request line.</summary>
    public string ReasonPhrase { get; private init; }

    /// <summary>Reads a line without its line end. The fault is null when the line is good.</summary>
    public static StartLine Read(ReadOnlySpan<byte> line, out HeaderFault? fault) =>
        IsVersion(line, "SIP/"u8) ? ReadStatus(line, out fault) : ReadRequest(line, out fault);

    private static bool IsVersion(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);

    private static StartLine ReadStatus(ReadOnlySpan<byte> line, out HeaderFault? fault)
    {
        fault = null;
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> version = space < 0 ? line : line[..space];
        if (!Ascii.EqualsIgnoreCase(version, "SIP/2.0"u8))
        {
            fault = new(SipRejectReason.UnsupportedVersion, "The status line names another version than SIP/2.0");
            return default;
        }

        ReadOnlySpan<byte> rest = space < 0 ? default : line[(space + 1)..];
        bool hasCode = rest.Length >= 3 && char.IsAsciiDigit((char)rest[0]) && char.IsAsciiDigit((char)rest[1])
            && char.IsAsciiDigit((char)rest[2]) && (rest.Length == 3 || rest[3] == ' ');
        int code = hasCode ? ((rest[0] - '0') * 100) + ((rest[1] - '0') * 10) + (rest[2] - '0') : 0;
        if (code is < 100 or > 699)
        {
            fault = new(SipRejectReason.BadStartLine, "The status line has no code from 100 to 699");
            return default;
        }

        string phrase = rest.Length <= 4 ? "" : Phrase(code, rest[4..]);
        return new() { StatusCode = code, ReasonPhrase = phrase };
    }

    private static string Phrase(int code, ReadOnlySpan<byte> text)
    {
        string usual = SipStatus.ReasonPhrase(code);
        return Ascii.Equals(text, usual) ? usual : Encoding.UTF8.GetString(text);
    }

    private static StartLine ReadRequest(ReadOnlySpan<byte> line, out HeaderFault? fault)
    {
        fault = null;
        int first = line.IndexOf((byte)' ');
        int last = line.LastIndexOf((byte)' ');
        if (first <= 0 || first > 64 || !TryMethod(line[..first], out string? method))
        {
            fault = new(SipRejectReason.BadStartLine, "The request line has no method");
            return default;
        }

        if (last == first)
        {
            fault = new(SipRejectReason.BadStartLine, "The request line has not three parts");
            return new() { Method = method };
        }

        ReadOnlySpan<byte> version = line[(last + 1)..];
        if (!Ascii.EqualsIgnoreCase(version, "SIP/2.0"u8))
        {
            fault = IsVersion(version, "SIP/"u8)
                ? new(SipRejectReason.UnsupportedVersion, "The request line names another version than SIP/2.0")
                : new(SipRejectReason.BadStartLine, "The request line does not end with a version");
            return new() { Method = method };
        }

        // One space stands on each side of the Request-URI, none inside: RFC 3261 §7.1.
        if (!SipUri.TryParse(Encoding.UTF8.GetString(line[(first + 1)..last]), out SipUri? uri))
        {
            fault = new(SipRejectReason.BadRequestUri, "The Request-URI is malformed");
            return new() { Method = method };
        }

        if (uri.Headers.Count > 0)
        {
            fault = new(SipRejectReason.BadRequestUri, "The Request-URI has headers");
            return new() { Method = method };
        }

        // urn names services such as emergency calls (RFC 5031); routing them is for the call layer.
        if (!uri.IsSip && !uri.IsTel && uri.Scheme != "urn")
        {
            fault = new(SipRejectReason.UnsupportedUriScheme, "The Request-URI has a scheme that cannot be routed");
        }

        return new() { Method = method, RequestUri = uri, ReasonPhrase = "" };
    }

    private static bool TryMethod(ReadOnlySpan<byte> text, out string? method)
    {
        Span<char> chars = stackalloc char[64];
        int count = Encoding.Latin1.GetChars(text, chars);
        bool ok = SipChars.IsToken(chars[..count]);
        method = ok ? SipMethods.Intern(chars[..count]) : null;
        return ok;
    }
}
