using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.UserAgent;

/// <summary>
/// Gives our messages the headers that say who and where we are, and what we can: Via, Contact, Allow, Supported, User-Agent.
/// Any thread.
/// </summary>
internal sealed class MessageDresser(SipUserAgentOptions options, SipTransportLayer transport, SipTokens tokens)
{
    /// <summary>Methods that we take.</summary>
    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK";

    private readonly string? _supported = options.Supported.Count == 0 ? null : string.Join(", ", options.Supported);

    /// <summary>Adds what a request of ours needs for this way, and builds it.</summary>
    /// <param name="builder">The request; it is changed.</param>
    /// <param name="method">Its method.</param>
    /// <param name="flow">The way.</param>
    /// <param name="contactFlow">The way on which we want to be reached, where it is another one.</param>
    public SipRequest Complete(SipRequestBuilder builder, string method, SipFlow flow, SipFlow? contactFlow = null)
    {
        var (host, port) = transport.AddressFor(flow);
        builder.PrependVia(new ViaHeader(flow.Protocol.ViaName(), host, port, tokens.Branch()));
        if (method == SipMethods.Register)
        {
            builder.Set(SipHeaderNames.Contact, Contact(contactFlow ?? flow, builder.Target.IsSecure));
        }
        else if (method is SipMethods.Invite or SipMethods.Update)
        {
            builder.Set(SipHeaderNames.Contact, Contact(contactFlow ?? flow, builder.Target.IsSecure)).Set(SipHeaderNames.Allow, Allow)
                .Set(SipHeaderNames.Supported, _supported);
        }

        return builder.Set(SipHeaderNames.UserAgent, options.Product).Build();
    }

    /// <summary>Starts a response.</summary>
    public SipResponseBuilder Answer(SipRequest request, SipFlow flow, int status, string? localTag)
    {
        var builder = SipResponseBuilder.For(request, status, localTag ?? tokens.Tag());
        var takesOffers = request.Method is SipMethods.Invite or SipMethods.Update;
        if ((takesOffers || request.Method == SipMethods.Options) && status is > 100 and < 300) // OPTIONS asks for the features in it too.
        {
            builder.Set(SipHeaderNames.Contact, Contact(flow, request.RequestUri.IsSecure));
        }

        if ((status is >= 200 and < 300 && (takesOffers || request.Method == SipMethods.Options)) || status is 405 or 501)
        {
            builder.Set(SipHeaderNames.Allow, Allow).Set(SipHeaderNames.Supported, _supported);
        }

        if (status == 415 || (status == 200 && request.Method == SipMethods.Options))
        {
            builder.Set(
                SipHeaderNames.Accept, request.Method == SipMethods.Info ? string.Join(", ", options.InfoTypes) : MediaType.Sdp.ToString());
        }

        return builder.Set(SipHeaderNames.Server, options.Product);
    }

    // sips only when the peer asked for it (RFC 3261 §8.1.1.8, §12.1.1): others may be reached over TLS and not know sips.
    private string Contact(SipFlow flow, bool secure)
    {
        var (host, port) = transport.AddressFor(flow);
        var uri = new SipUri(options.ContactUser, host, port, secure && flow.Protocol == SipTransportProtocol.Tls);
        if (flow.IsReliable && !uri.IsSecure)
        {
            uri = uri.WithParameter("transport", flow.Protocol.ParameterName());
        }

        return $"<{uri}>{options.ContactFeatures}";
    }
}
