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
    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE";

    private readonly string? _supported = options.Supported.Count == 0 ? null : string.Join(", ", options.Supported);

    /// <summary>Adds what a request of ours needs for this way, and builds it.</summary>
    public SipRequest Complete(SipRequestBuilder builder, string method, SipFlow flow)
    {
        var (host, port) = transport.AddressFor(flow);
        builder.PrependVia(new ViaHeader(flow.Protocol.ViaName(), host, port, tokens.Branch()));
        if (method is SipMethods.Invite or SipMethods.Update)
        {
            builder.Set(SipHeaderNames.Contact, Contact(flow)).Set(SipHeaderNames.Allow, Allow)
                .Set(SipHeaderNames.Supported, _supported);
        }

        return builder.Set(SipHeaderNames.UserAgent, options.Product).Build();
    }

    /// <summary>Starts a response.</summary>
    public SipResponseBuilder Answer(SipRequest request, SipFlow flow, int status, string? localTag)
    {
        var builder = SipResponseBuilder.For(request, status, localTag ?? tokens.Tag());
        var takesOffers = request.Method is SipMethods.Invite or SipMethods.Update;
        if (takesOffers && status is > 100 and < 300)
        {
            builder.Set(SipHeaderNames.Contact, Contact(flow));
        }

        if ((status is >= 200 and < 300 && (takesOffers || request.Method == SipMethods.Options)) || status is 405 or 501)
        {
            builder.Set(SipHeaderNames.Allow, Allow).Set(SipHeaderNames.Supported, _supported);
        }

        if (status == 415 || (status == 200 && request.Method == SipMethods.Options))
        {
            builder.Set(SipHeaderNames.Accept, MediaType.Sdp.ToString());
        }

        return builder.Set(SipHeaderNames.Server, options.Product);
    }

    private string Contact(SipFlow flow)
    {
        var (host, port) = transport.AddressFor(flow);
        var uri = new SipUri(options.ContactUser, host, port, flow.Protocol == SipTransportProtocol.Tls);
        if (flow.Protocol == SipTransportProtocol.Tcp)
        {
            uri = uri.WithParameter("transport", "tcp");
        }

        return $"<{uri}>{options.ContactFeatures}";
    }
}
