using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.UserAgent;

/// <summary>
/// Finds transport, address and port of a URI (RFC 3263 §4, A and AAAA records only): addresses at once, names by the resolver.
/// Any thread.
/// </summary>
internal sealed class NextHopFinder(SipTransportLayer transport, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _lookups = new();

    /// <summary>Calls <paramref name="found"/> once: now, or from another thread later; with null when there is no way.</summary>
    public void Find(SipUri uri, Action<SipFlow?> found)
    {
        if (!uri.IsSip)
        {
            SipLog.NotResolved(logger, uri.Scheme, "only sip and sips URIs can be reached without a proxy");
            found(null);
            return;
        }

        var host = uri.Parameters["maddr"] ?? uri.Host;
        if (IPAddress.TryParse(host, out var address))
        {
            found(FlowTo(uri, address, null));
            return;
        }

        var lookup = LookUpAsync(uri, host, found);
        if (!lookup.IsCompleted)
        {
            _lookups[lookup] = 0;
            if (lookup.IsCompleted)
            {
                _lookups.TryRemove(lookup, out _);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_lookups.Keys);
        _stop.Dispose();
    }

    private async Task LookUpAsync(SipUri uri, string host, Action<SipFlow?> found)
    {
        SipFlow? flow = null;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, _stop.Token);
            flow = addresses.Select(address => FlowTo(uri, address, host)).FirstOrDefault(candidate => candidate is not null);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
        {
            SipLog.NotResolved(logger, host, e.Message);
        }

        foreach (var done in _lookups.Keys)
        {
            if (done.IsCompleted)
            {
                _lookups.TryRemove(done, out _);
            }
        }

        found(flow);
    }

    private SipFlow? FlowTo(SipUri uri, IPAddress address, string? host)
    {
        if (uri.IsSecure)
        {
            return transport.FlowTo(SipTransportProtocol.Tls, new(address, uri.Port ?? 5061), host);
        }

        if (SipTransportProtocols.TryParse(uri.Transport, out var asked))
        {
            return transport.FlowTo(asked, new(address, uri.Port ?? asked.DefaultPort()), host);
        }

        // UDP unless we only have streams (RFC 3263 §4.1).
        var remote = new IPEndPoint(address, uri.Port ?? 5060);
        return transport.FlowTo(SipTransportProtocol.Udp, remote) ?? transport.FlowTo(SipTransportProtocol.Tcp, remote);
    }
}
