using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Transports;

/// <summary>Takes good messages from the transport layer.</summary>
internal interface ISipMessageReceiver
{
    /// <summary>A request, its top Via holding received and rport.</summary>
    void OnRequest(SipRequest request, SipFlow flow);

    /// <summary>A response.</summary>
    void OnResponse(SipResponse response, SipFlow flow);
}

/// <summary>All listening points together: RFC 3261 §18, RFC 3581. Any thread.</summary>
internal sealed class SipTransportLayer(
    IReadOnlyList<ISipTransport> transports,
    ILocalAddressSource localAddresses,
    SipTokens tokens,
    TimeProvider time,
    ILogger logger,
    SipMetrics metrics) : ISipTransportReceiver, IAsyncDisposable
{
    private readonly GarbageLog _garbage = new(time, logger);
    private ISipMessageReceiver? _receiver;

    /// <summary>The transports in the order of the listening points.</summary>
    public IReadOnlyList<ISipTransport> Transports => transports;

    /// <summary>Messages dropped because they are no SIP.</summary>
    public long Dropped => _garbage.Total;

    /// <summary>Starts all transports; throws when one cannot be bound.</summary>
    public async ValueTask StartAsync(ISipMessageReceiver receiver, CancellationToken cancellation)
    {
        _receiver = receiver;
        foreach (var transport in transports)
        {
            await transport.StartAsync(this, cancellation);
            SipLog.Listening(logger, transport.ListeningPoint.Protocol.ParameterName(), transport.LocalEndPoint);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var transport in transports)
        {
            await transport.DisposeAsync();
        }
    }

    /// <summary>The way to an address; null when no listening point has this protocol and address family.</summary>
    /// <param name="protocol">Transport.</param>
    /// <param name="remote">The address.</param>
    /// <param name="host">The name that it was found under, if any.</param>
    public SipFlow? FlowTo(SipTransportProtocol protocol, IPEndPoint remote, string? host = null)
    {
        foreach (var transport in transports)
        {
            if (transport.ListeningPoint.Protocol == protocol
                && transport.ListeningPoint.Bind.AddressFamily == remote.AddressFamily)
            {
                return new SipFlow(transport, new(remote, Host: host));
            }
        }

        return null;
    }

    /// <summary>
    /// Host (IPv6 in brackets) and port that a peer should use to reach the transport of <paramref name="flow"/>.
    /// </summary>
    public (string Host, int Port) AddressFor(SipFlow flow)
    {
        var point = flow.Transport.ListeningPoint;
        var local = flow.Transport.LocalEndPoint;
        var host = point.AdvertisedHost;
        if (host is null)
        {
            var any = local.Address.Equals(IPAddress.Any) || local.Address.Equals(IPAddress.IPv6Any);
            var address = any ? localAddresses.Towards(flow.Destination.Remote.Address) : local.Address;
            host = address.AddressFamily == AddressFamily.InterNetworkV6
                ? $"[{new IPAddress(address.GetAddressBytes())}]" // without a scope, which means nothing to the peer
                : address.ToString();
        }
        else if (host.Contains(':', StringComparison.Ordinal) && host[0] != '[')
        {
            host = $"[{host}]";
        }

        return (host, point.AdvertisedPort ?? local.Port);
    }

    /// <summary>Sends bytes; when they cannot go, now or later, <paramref name="failed"/> is called.</summary>
    public void Send(SipFlow flow, ReadOnlyMemory<byte> bytes, bool isRequest, Action? failed)
    {
        metrics.Sent(isRequest);
        if (!flow.Transport.TrySend(flow.Destination, bytes, failed))
        {
            SipLog.SendFailed(logger, flow.Destination.Remote);
            failed?.Invoke();
        }
    }

    /// <summary>
    /// Where the answers to a request go: on a stream the same connection, else a new one to the sent-by port; on UDP maddr, or
    /// the source with the port of rport, else of sent-by (RFC 3261 §18.2.2, RFC 3581 §4).
    /// </summary>
    public static SipFlow AnswerFlow(SipRequest request, SipFlow flow)
    {
        var via = request.TopVia;
        var source = flow.Destination.Remote;
        var sentByPort = via.Port ?? flow.Protocol.DefaultPort();
        if (flow.IsReliable)
        {
            return flow with { Destination = new(new(source.Address, sentByPort), flow.Destination.ConnectionId) };
        }

        if (via.Maddr is { } maddr && IPAddress.TryParse(maddr, out var multicast)
            && multicast.AddressFamily == source.AddressFamily)
        {
            return flow with { Destination = new(new(multicast, sentByPort)) };
        }

        return flow with { Destination = new(new(source.Address, via.Rport ?? sentByPort)) };
    }

    /// <inheritdoc/>
    public void OnMessage(ISipTransport transport, SipDestination source, SipMessage message)
    {
        var flow = new SipFlow(transport, source);
        metrics.Received(message is SipRequest);
        try
        {
            if (message is SipRequest request)
            {
                var via = request.TopVia.WithSource(source.Remote);
                _receiver?.OnRequest(request.ToBuilder().ReplaceTopVia(via).Build(), flow);
            }
            else if (message is SipResponse response)
            {
                _receiver?.OnResponse(response, flow);
            }
        }
        catch (Exception e)
        {
            // The border of the network: a bug in the handling of one message must not stop the listening point.
            SipLog.HandlingFailed(logger, e, source.Remote);
        }
    }

    /// <inheritdoc/>
    public void OnRejected(ISipTransport transport, SipDestination source, SipParseError error)
    {
        if (error.Reason == SipRejectReason.KeepAlive)
        {
            return;
        }

        metrics.Dropped();
        _garbage.Add(source.Remote.Address, error.Text);
        if (!error.CanAnswer || error.TopVia is not { } top)
        {
            return;
        }

        var via = top.WithSource(source.Remote);
        var port = transport.ListeningPoint.Protocol.IsReliable() ? source.Remote.Port : via.Rport ?? via.Port ?? 5060;
        var output = new ArrayBufferWriter<byte>(1_024);
        error.WriteAnswer(output, via, tokens.Tag());
        Send(new(transport, source with { Remote = new(source.Remote.Address, port) }), output.WrittenMemory, false, null);
    }
}
