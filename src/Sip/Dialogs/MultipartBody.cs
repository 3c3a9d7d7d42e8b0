using System.Text;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Dialogs;

/// <summary>
/// Takes one part out of a multipart body (RFC 2046 §5.1, RFC 5621): carriers send SDP together with ISUP or location data.
/// Never throws on any bytes.
/// </summary>
internal static class MultipartBody
{
    // More parts than any message that we know of; bounds the work.
    private const int MaxParts = 16;

    /// <summary>The content of the first part of a type; false when there is none or the body is not well formed up to it.</summary>
    public static bool TryFind(ReadOnlyMemory<byte> body, MediaType multipart, MediaType wanted, out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (multipart.Parameters["boundary"]?.Trim('"') is not { Length: > 0 and <= 70 } boundary)
        {
            return false;
        }

        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        var at = FindDelimiter(body.Span, 0, delimiter);
        for (var part = 0; at >= 0 && part < MaxParts; part++)
        {
            var begin = EndOfLine(body.Span, at + delimiter.Length);
            var next = begin < 0 ? -1 : FindDelimiter(body.Span, begin, delimiter);
            if (next < 0)
            {
                return false; // the last delimiter, or a part without end
            }

            // The line end before a delimiter belongs to the delimiter.
            var end = Math.Max(begin, next - (next >= 2 && body.Span[next - 2] == '\r' ? 2 : 1));
            if (TryOpen(body[begin..end], wanted, out content))
            {
                return true;
            }

            at = next;
        }

        return false;
    }

    private static bool TryOpen(ReadOnlyMemory<byte> part, MediaType wanted, out ReadOnlyMemory<byte> content)
    {
        content = default;
        var found = false;
        for (var at = 0; at >= 0 && at < part.Length;)
        {
            var next = EndOfLine(part.Span, at);
            if (next < 0)
            {
                return false;
            }

            var line = Encoding.UTF8.GetString(part.Span[at..next]).TrimEnd('\r', '\n');
            if (line.Length == 0)
            {
                content = part[next..];
                return found;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Trim() is var name
                && (name.Equals(SipHeaderNames.ContentType, StringComparison.OrdinalIgnoreCase) || name is "c")
                && MediaType.TryParse(line.AsSpan(colon + 1), out var type))
            {
                found = type.Is(wanted);
            }

            at = next;
        }

        return false;
    }

    // Start of the next delimiter at the beginning of a line, from a place on.
    private static int FindDelimiter(ReadOnlySpan<byte> body, int from, ReadOnlySpan<byte> delimiter)
    {
        while (from <= body.Length - delimiter.Length)
        {
            var step = body[from..].IndexOf(delimiter);
            if (step < 0)
            {
                return -1;
            }

            if (from + step == 0 || body[from + step - 1] == '\n')
            {
                return from + step;
            }

            from += step + 1;
        }

        return -1;
    }

    // Index after the line end that follows a place, or -1.
    private static int EndOfLine(ReadOnlySpan<byte> body, int from)
    {
        var step = body[from..].IndexOf((byte)'\n');
        return step < 0 ? -1 : from + step + 1;
    }
}
