using System.Diagnostics.CodeAnalysis;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Parsing;

/// <summary>Parses whole messages: RFC 3261 §7, §18.3. Never throws on any bytes; time is linear in their number.</summary>
public static class SipParser
{
    /// <summary>
    /// Parses a datagram. Leading line ends are skipped, the body is cut to Content-Length and what follows is ignored;
    /// a datagram that ends before its Content-Length is refused. The bytes may be reused after the call.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> datagram,
        SipLimits limits,
        [NotNullWhen(true)] out SipMessage? message,
        [NotNullWhen(false)] out SipParseError? error)
    {
        message = null;
        datagram = datagram.TrimStart("\r\n"u8);
        if (datagram.IsEmpty)
        {
            error = new(SipRejectReason.KeepAlive, "Nothing but line ends");
            return false;
        }

        int end = datagram.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            error = new(SipRejectReason.IncompleteHead, "The empty line after the headers is missing");
            return false;
        }

        ReadOnlySpan<byte> head = datagram[..(end + 2)];
        if (head.Length > limits.MaxHeadBytes)
        {
            error = new(SipRejectReason.HeadTooLarge, "The head is too large");
            return false;
        }

        HeadReader reader = new(limits);
        int lineEnd = head.IndexOf("\r\n"u8);
        reader.Read(head[(lineEnd + 2)..]);
        return TryParse(head[..lineEnd], reader, datagram[(end + 4)..], limits, out message, out error);
    }

    /// <summary>Makes a message of its start line, its headers, and the bytes after the empty line.</summary>
    internal static bool TryParse(
        ReadOnlySpan<byte> startLine,
        HeadReader reader,
        ReadOnlySpan<byte> rest,
        SipLimits limits,
        [NotNullWhen(true)] out SipMessage? message,
        [NotNullWhen(false)] out SipParseError? error)
    {
        message = null;
        StartLine start = StartLine.Read(startLine, out HeaderFault? fault);
        if (startLine.Length > limits.MaxStartLineBytes)
        {
            fault = new(SipRejectReason.StartLineTooLong, "The start line is too long");
        }

        SipHeaderList headers = reader.Headers;
        fault ??= reader.Fault;
        CoreHeaders? core = null;
        if (fault is null)
        {
            _ = CoreHeaders.TryRead(headers, start.Method, limits.MaxValues, out core, out fault);
        }

        int length = reader.ContentLength < 0 ? rest.Length : reader.ContentLength;
        fault ??= CheckBody(length, rest.Length, limits);
        if (fault is not null || core is null)
        {
            error = new(fault?.Reason ?? SipRejectReason.MissingHeader, fault?.Text ?? "", start.Method, headers);
            return false;
        }

        error = null;
        byte[] body = length == 0 ? [] : rest[..length].ToArray();
        message = start is { Method: { } method, RequestUri: { } uri }
            ? new SipRequest(method, uri, headers, core, body)
            : new SipResponse(start.StatusCode, start.ReasonPhrase, headers, core, body);
        return true;
    }

    private static HeaderFault? CheckBody(int length, int available, SipLimits limits)
    {
        if (length > limits.MaxBodyBytes)
        {
            return new(SipRejectReason.BodyTooLarge, "The body is too large");
        }

        return length > available ? new(SipRejectReason.BadContentLength, "Content-Length is larger than the body") : null;
    }
}
