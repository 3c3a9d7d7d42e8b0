namespace Avatar2D.Sip.Messages;

/// <summary>Builds a request.</summary>
public sealed class SipRequestBuilder : SipMessageBuilder<SipRequestBuilder>
{
    private readonly string _method;
    private SipUri _requestUri;

    /// <summary>Starts an empty request. Via, From, To, Call-ID and CSeq must be added; Max-Forwards is 70 at first.</summary>
    public SipRequestBuilder(string method, SipUri requestUri)
        : base([], default)
    {
        if (!SipChars.IsToken(method))
        {
            throw new ArgumentException("A method is a token.", nameof(method));
        }

        _method = method;
        _requestUri = requestUri;
        _ = MaxForwards(70);
    }

    /// <summary>Starts from a request.</summary>
    public SipRequestBuilder(SipRequest request)
        : base(request.Headers, request.Body)
    {
        _method = request.Method;
        _requestUri = request.RequestUri;
    }

    private SipRequestBuilder(SipRequestBuilder other)
        : base(other.Headers, other.Body)
    {
        _method = other._method;
        _requestUri = other._requestUri;
    }

    /// <summary>The Request-URI so far.</summary>
    public SipUri Target => _requestUri;

    /// <summary>A builder with the same parts, for a request that may have to be sent again another way.</summary>
    public SipRequestBuilder Copy() => new(this);

    /// <summary>Sets the Request-URI.</summary>
    public SipRequestBuilder RequestUri(SipUri uri)
    {
        _requestUri = uri;
        return this;
    }

    /// <summary>The CANCEL of a request that was sent: RFC 3261 §9.1.</summary>
    public static SipRequestBuilder CancelOf(SipRequest request) => Hop(request, SipMethods.Cancel, request.To);

    /// <summary>The ACK of a non-2xx final response to an INVITE that was sent: RFC 3261 §17.1.1.3.</summary>
    public static SipRequestBuilder AckOf(SipRequest invite, SipResponse response) => Hop(invite, SipMethods.Ack, response.To);

    /// <summary>The request.</summary>
    /// <exception cref="InvalidOperationException">A mandatory header is missing or malformed.</exception>
    public SipRequest Build()
    {
        (SipHeaderList headers, CoreHeaders core) = Complete(_method);
        return new(_method, _requestUri, headers, core, Body);
    }

    private static SipRequestBuilder Hop(SipRequest request, string method, NameAddress to)
    {
        SipRequestBuilder builder = new SipRequestBuilder(method, request.RequestUri)
            .PrependVia(request.TopVia)
            .From(request.From)
            .To(to)
            .CallId(request.CallId)
            .CSeq(request.CSeq.Number, method);
        foreach (string route in request.Headers.Values(SipHeaderNames.Route))
        {
            _ = builder.Add(SipHeaderNames.Route, route);
        }

        return builder;
    }
}
