namespace Avatar2D.Sip.Messages;

/// <summary>Builds a response.</summary>
public sealed class SipResponseBuilder : SipMessageBuilder<SipResponseBuilder>
{
    private static readonly string[] Copied =
        [SipHeaderNames.Via, SipHeaderNames.From, SipHeaderNames.To, SipHeaderNames.CallId, SipHeaderNames.CSeq];

    private readonly int _statusCode;
    private readonly string _reasonPhrase;

    /// <summary>Starts from a response.</summary>
    public SipResponseBuilder(SipResponse response)
        : base(response.Headers, response.Body)
    {
        _statusCode = response.StatusCode;
        _reasonPhrase = response.ReasonPhrase;
    }

    private SipResponseBuilder(int statusCode, string reasonPhrase, IEnumerable<SipHeader> headers)
        : base(headers, default)
    {
        _statusCode = statusCode;
        _reasonPhrase = reasonPhrase;
    }

    /// <summary>
    /// Starts the response to a request: Via, From, To, Call-ID and CSeq are copied, Record-Route from 101 to 299 (RFC 3261 §8.2.6, §12.1.1),
    /// Timestamp into 100. The tag is added to To when it has none and the code is not 100; an in-dialog To keeps its own.
    /// </summary>
    public static SipResponseBuilder For(SipRequest request, int statusCode, string? toTag = null, string? reasonPhrase = null)
    {
        string phrase = reasonPhrase ?? SipStatus.ReasonPhrase(statusCode);
        SipHeader.ThrowIfBreaksLine(phrase);
        SipResponseBuilder builder = new(statusCode, phrase, request.Headers.Where(header => IsCopied(header.Name, statusCode)));
        return toTag is not null && statusCode > 100 && request.ToTag is null ? builder.To(request.To.WithTag(toTag)) : builder;
    }

    /// <summary>The response.</summary>
    /// <exception cref="InvalidOperationException">A mandatory header is missing or malformed.</exception>
    public SipResponse Build()
    {
        (SipHeaderList headers, CoreHeaders core) = Complete(null);
        return new(_statusCode, _reasonPhrase, headers, core, Body);
    }

    private static bool IsCopied(string name, int statusCode) =>
        Copied.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (statusCode is > 100 and < 300 && name.Equals(SipHeaderNames.RecordRoute, StringComparison.OrdinalIgnoreCase))
        || (statusCode == 100 && name.Equals(SipHeaderNames.Timestamp, StringComparison.OrdinalIgnoreCase));
}
