namespace Avatar2D.Sip.Messages;

/// <summary>Immutable request: RFC 3261 §7.1.</summary>
public sealed class SipRequest : SipMessage
{
    internal SipRequest(string method, SipUri requestUri, SipHeaderList headers, CoreHeaders core, ReadOnlyMemory<byte> body)
        : base(headers, core, body)
    {
        Method = method;
        RequestUri = requestUri;
    }

    /// <summary>Method, compared with case.</summary>
    public string Method { get; }

    /// <summary>Request-URI.</summary>
    public SipUri RequestUri { get; }

    /// <summary>A builder that starts from this request.</summary>
    public SipRequestBuilder ToBuilder() => new(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {RequestUri}";
}
