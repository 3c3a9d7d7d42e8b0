namespace Avatar2D.Sip.Messages;

/// <summary>Immutable response: RFC 3261 §7.2.</summary>
public sealed class SipResponse : SipMessage
{
    internal SipResponse(int statusCode, string reasonPhrase, SipHeaderList headers, CoreHeaders core, ReadOnlyMemory<byte> body)
        : base(headers, core, body)
    {
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
    }

    /// <summary>Status code, 100 to 699.</summary>
    public int StatusCode { get; }

    /// <summary>Reason phrase; may be empty.</summary>
    public string ReasonPhrase { get; }

    /// <summary>True for 1xx.</summary>
    public bool IsProvisional => StatusCode < 200;

    /// <summary>True for 2xx.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>True from 200 on.</summary>
    public bool IsFinal => StatusCode >= 200;

    /// <summary>A builder that starts from this response.</summary>
    public SipResponseBuilder ToBuilder() => new(this);

    /// <inheritdoc/>
    public override string ToString() => $"{StatusCode} {ReasonPhrase}";
}
