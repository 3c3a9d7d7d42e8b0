using System.Buffers;
using System.Text;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Parsing;

/// <summary>Reads the header lines of a head: RFC 3261 §7.3.1. Goes on after a fault, so that an answer can echo what is good.</summary>
internal ref struct HeadReader(SipLimits limits)
{
    private readonly List<SipHeader> _headers = new(16);
    private int _contentLength = -1;

    /// <summary>The first fault; null when all lines are good.</summary>
    public HeaderFault? Fault { get; private set; }

    /// <summary>Content-Length; -1 when absent.</summary>
    public readonly int ContentLength => _contentLength;

    /// <summary>The headers that were read, without Content-Length.</summary>
    public readonly SipHeaderList Headers => new([.. _headers]);

    /// <summary>Reads all lines; <paramref name="lines"/> ends with the line end of the last one.</summary>
    public void Read(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            int end = EndOfHeader(lines, out bool folded);
            ReadLine(lines[..end], folded);
            lines = lines[(end + 2)..];
            if (_headers.Count > limits.MaxHeaders)
            {
                Fail(SipRejectReason.TooManyHeaders, "There are too many headers");
                return;
            }
        }
    }

    /// <summary>Index of the CRLF that ends a header with its folded lines.</summary>
    private static int EndOfHeader(ReadOnlySpan<byte> lines, out bool folded)
    {
        folded = false;
        int end = 0;
        while (true)
        {
            end += lines[end..].IndexOf("\r\n"u8);
            if (end + 2 >= lines.Length || lines[end + 2] is not ((byte)' ' or (byte)'\t'))
            {
                return end;
            }

            folded = true;
            end += 2;
        }
    }

    private void ReadLine(ReadOnlySpan<byte> line, bool folded)
    {
        if (line.Length > limits.MaxHeaderBytes)
        {
            Fail(SipRejectReason.HeaderTooLong, "A header is too long");
            return;
        }

        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? default : line[..colon].TrimEnd(" \t\r\n"u8);
        if (name.IsEmpty || name.Length > 256)
        {
            Fail(SipRejectReason.BadHeaderLine, "A header line has no name");
            return;
        }

        Span<char> chars = stackalloc char[256];
        chars = chars[..Encoding.Latin1.GetChars(name, chars)];
        if (!SipChars.IsToken(chars))
        {
            Fail(SipRejectReason.BadHeaderLine, "A header name is malformed");
            return;
        }

        if (!TryValue(line[(colon + 1)..], folded, out string value))
        {
            Fail(SipRejectReason.BadHeaderLine, "A header holds a bare CR or LF");
            return;
        }

        Add(SipHeaderNames.Canonical(chars), value);
    }

    private void Add(string name, string value)
    {
        if (!ReferenceEquals(name, SipHeaderNames.ContentLength))
        {
            _headers.Add(new(name, value));
            return;
        }

        if (_contentLength >= 0)
        {
            Fail(SipRejectReason.DuplicateHeader, "Content-Length stands more than once");
        }
        else if (!SipNumber.TryParseInt(value, out _contentLength))
        {
            _contentLength = -1;
            Fail(SipRejectReason.BadContentLength, "Content-Length is malformed");
        }
    }

    private void Fail(SipRejectReason reason, string text) => Fault ??= new(reason, text);

    /// <summary>Unfolds (each fold becomes one space), trims and decodes. Bytes that are no UTF-8 become U+FFFD.</summary>
    private static bool TryValue(ReadOnlySpan<byte> raw, bool folded, out string value)
    {
        value = "";
        raw = raw.Trim(" \t\r\n"u8);
        if (!raw.ContainsAny((byte)'\r', (byte)'\n'))
        {
            value = Encoding.UTF8.GetString(raw);
            return true;
        }

        return folded && TryUnfold(raw, out value);
    }

    private static bool TryUnfold(ReadOnlySpan<byte> raw, out string value)
    {
        value = "";
        byte[] rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            int length = 0;
            while (true)
            {
                int end = raw.IndexOf("\r\n"u8);
                ReadOnlySpan<byte> part = end < 0 ? raw : raw[..end];
                if (part.ContainsAny((byte)'\r', (byte)'\n'))
                {
                    return false;
                }

                part = part.Trim(" \t"u8);
                part.CopyTo(rented.AsSpan(length));
                length += part.Length;
                if (end < 0)
                {
                    value = Encoding.UTF8.GetString(rented, 0, length);
                    return true;
                }

                rented[length++] = (byte)' ';
                raw = raw[(end + 2)..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
