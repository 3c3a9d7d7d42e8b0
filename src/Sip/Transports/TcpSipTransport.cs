using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Avatar2D.Sip.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Transports;

/// <summary>
/// SIP over streams at one address: TCP, and TLS when <paramref name="secure"/> wraps the streams (RFC 3261 §18).
/// A connection is reused for every message to the same address and port. Any thread.
/// </summary>
internal sealed class TcpSipTransport(
    SipListeningPoint point,
    SipTransportOptions options,
    TimeProvider time,
    ILogger logger,
    ISipStreamSecurity? secure = null) : ISipTransport, ITcpConnectionOwner
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = new(point.Bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<long, TcpSipConnection> _byId = new();
    private readonly ConcurrentDictionary<IPEndPoint, TcpSipConnection> _byRemote = new();
    private readonly Lock _gate = new();
    private Task _loop = Task.CompletedTask;
    private long _lastId;

    /// <inheritdoc/>
    public SipListeningPoint ListeningPoint => point;

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint { get; private set; } = point.Bind;

    /// <summary>Open connections, both directions.</summary>
    public int ConnectionCount => _byId.Count;

    /// <inheritdoc/>
    public ISipTransportReceiver? Receiver { get; private set; }

    /// <inheritdoc/>
    public ValueTask StartAsync(ISipTransportReceiver receiver, CancellationToken cancellation)
    {
        Receiver = receiver;
        if (point.Bind.AddressFamily == AddressFamily.InterNetworkV6)
        {
            _listener.DualMode = false; // IPv4 has its own listening point, or peers would see mapped addresses
        }

        _listener.Bind(point.Bind);
        _listener.Listen(256);
        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!; // set: the socket is bound
        _loop = AcceptAsync();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public bool TrySend(SipDestination destination, ReadOnlyMemory<byte> message, Action? failed)
    {
        if (destination.ConnectionId != 0 && _byId.TryGetValue(destination.ConnectionId, out var live)
            && live.TryQueue(message, failed))
        {
            return true;
        }

        if (_byRemote.TryGetValue(destination.Remote, out var known) && IsFor(known, destination) && known.TryQueue(message, failed))
        {
            return true;
        }

        return Open(destination)?.TryQueue(message, failed) ?? false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        foreach (var connection in _byId.Values)
        {
            await connection.DisposeAsync();
        }

        _stop.Dispose();
    }

    /// <inheritdoc/>
    public void OnClosed(TcpSipConnection connection)
    {
        _byId.TryRemove(new(connection.Id, connection));
        _byRemote.TryRemove(new(connection.Remote, connection));
        if (connection.Alias is { } alias)
        {
            _byRemote.TryRemove(new(alias, connection));
        }
    }

    /// <inheritdoc/>
    public void OnAlias(TcpSipConnection connection, IPEndPoint alias)
    {
        if (!alias.Equals(connection.Remote))
        {
            _byRemote.TryAdd(alias, connection);
        }
    }

    // Under TLS a connection serves the one name that its far end has proven (RFC 5923 §8.2).
    private bool IsFor(TcpSipConnection connection, SipDestination destination) => secure is null || destination.Host is null
        || destination.Host.Equals(connection.Host, StringComparison.OrdinalIgnoreCase);

    private TcpSipConnection? Open(SipDestination destination)
    {
        TcpSipConnection connection;
        lock (_gate)
        {
            if (_byRemote.TryGetValue(destination.Remote, out var raced) && IsFor(raced, destination))
            {
                return raced;
            }

            if (_stop.IsCancellationRequested || _byId.Count >= options.MaxConnections)
            {
                return null;
            }

            connection = AddNeedsLock(destination);
        }

        connection.Start(null);
        return connection;
    }

    private TcpSipConnection AddNeedsLock(SipDestination destination)
    {
        var connection = new TcpSipConnection(this, ++_lastId, destination, options, time, logger, secure);
        _byId[connection.Id] = connection;
        _byRemote[destination.Remote] = connection;
        return connection;
    }

    private async Task AcceptAsync()
    {
        await Task.Yield();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                Take(socket);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // The peer gave up between its SYN and our accept, or descriptors ran out: the next accept decides.
                await Task.Yield();
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private void Take(Socket socket)
    {
        TcpSipConnection? connection = null;
        try
        {
            var remote = (IPEndPoint)socket.RemoteEndPoint!; // set: the socket is connected
            lock (_gate)
            {
                if (_byId.Count < options.MaxConnections
                    && _byId.Values.Count(c => c.Remote.Address.Equals(remote.Address)) < options.MaxConnectionsPerAddress)
                {
                    connection = AddNeedsLock(new(remote));
                }
            }

            if (connection is null)
            {
                SipLog.ConnectionRefused(logger, remote.Address);
            }
        }
        catch (SocketException)
        {
            // Gone already.
        }

        if (connection is null)
        {
            socket.Dispose();
            return;
        }

        connection.Start(socket);
    }
}
