using System.Buffers;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Parsing;

/// <summary>Why bytes were refused, and what a server may answer without a transaction.</summary>
public sealed class SipParseError
{
    private static readonly string[] Echoed = [SipHeaderNames.From, SipHeaderNames.To, SipHeaderNames.CallId, SipHeaderNames.CSeq];

    private readonly SipHeaderList _headers;

    internal SipParseError(SipRejectReason reason, string text, string? method = null, SipHeaderList? headers = null)
    {
        Reason = reason;
        Text = text;
        Method = method;
        _headers = headers ?? SipHeaderList.Empty;
        TopVia = SipFields.Via.TryGetFirst(_headers, out ViaHeader? via) ? via : null;
        CanAnswer = method is not (null or SipMethods.Ack) && TopVia is not null && Array.TrueForAll(Echoed, _headers.Contains);
    }

    /// <summary>Kind of fault.</summary>
    public SipRejectReason Reason { get; }

    /// <summary>For people and logs; holds no text from the wire.</summary>
    public string Text { get; }

    /// <summary>Method of the request; null for a response or when the start line has none.</summary>
    public string? Method { get; }

    /// <summary>The top Via, which says where an answer goes; null when absent or malformed.</summary>
    public ViaHeader? TopVia { get; }

    /// <summary>True when it was a request other than ACK with a good top Via and with From, To, Call-ID and CSeq to echo.</summary>
    public bool CanAnswer { get; }

    /// <summary>Status code that a server answers.</summary>
    public int StatusCode => Reason switch
    {
        SipRejectReason.UnsupportedVersion => 505,
        SipRejectReason.UnsupportedUriScheme => 416,
        SipRejectReason.StartLineTooLong => 414,
        SipRejectReason.BodyTooLarge => 413,
        SipRejectReason.HeadTooLarge or SipRejectReason.HeaderTooLong or SipRejectReason.TooManyHeaders => 513,
        _ => 400,
    };

    /// <summary>
    /// Writes the stateless answer (RFC 3261 §8.2.7): the headers are echoed as they came, the first Via line with
    /// <paramref name="topVia"/> as its first value (after <see cref="ViaHeader.WithSource"/>), the tag added when To has none.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="CanAnswer"/> is false.</exception>
    public void WriteAnswer(IBufferWriter<byte> output, ViaHeader topVia, string toTag)
    {
        if (!CanAnswer)
        {
            throw new InvalidOperationException("This message cannot be answered.");
        }

        SipWriter.WriteStatusLine(output, StatusCode, SipStatus.ReasonPhrase(StatusCode));
        bool first = true;
        foreach (string line in _headers.Values(SipHeaderNames.Via))
        {
            string value = first ? ReplaceFirst(line, topVia) : line;
            first = false;
            SipWriter.WriteHeader(output, SipHeaderNames.Via, value);
        }

        foreach (string name in Echoed)
        {
            string value = _headers[name] ?? "";
            bool needsTag = name == SipHeaderNames.To && !HasTag(value);
            SipWriter.WriteHeader(output, name, needsTag ? $"{value};tag={toTag}" : value);
        }

        SipWriter.WriteEnd(output, default);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Reason}: {Text}";

    private static bool HasTag(string to) => NameAddress.TryParse(to, out NameAddress? address)
        ? address.Tag is not null
        : to.Contains("tag=", StringComparison.OrdinalIgnoreCase);

    private static string ReplaceFirst(string line, ViaHeader via)
    {
        List<string> values = [via.ToString()];
        bool first = true;
        foreach (ReadOnlySpan<char> value in new SipValues(line))
        {
            if (!first)
            {
                values.Add(value.ToString());
            }

            first = false;
        }

        return string.Join(", ", values);
    }
}
