using System.Net;
using System.Net.Sockets;
using Avatar2D.Sip.Parsing;

namespace Avatar2D.Sip.Transports;

/// <summary>SIP over UDP at one address (RFC 3261 §18). One receive loop; sends go straight to the socket. Any thread.</summary>
internal sealed class UdpSipTransport(SipListeningPoint point, SipTransportOptions options) : ISipTransport
{
    // The longest UDP payload over IPv4 or IPv6 without jumbograms.
    private const int MaxDatagramBytes = 65_535;

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket = new(point.Bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
    private Task _loop = Task.CompletedTask;

    /// <inheritdoc/>
    public SipListeningPoint ListeningPoint => point;

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint { get; private set; } = point.Bind;

    /// <inheritdoc/>
    public ValueTask StartAsync(ISipTransportReceiver receiver, CancellationToken cancellation)
    {
        if (point.Bind.AddressFamily == AddressFamily.InterNetworkV6)
        {
            _socket.DualMode = false; // IPv4 has its own listening point, or peers would see mapped addresses
        }

        _socket.ReceiveBufferSize = options.UdpBufferBytes;
        _socket.SendBufferSize = options.UdpBufferBytes;
        _socket.Bind(point.Bind);
        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!; // set: the socket is bound
        _loop = ReceiveAsync(receiver);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public bool TrySend(SipDestination destination, ReadOnlyMemory<byte> message, Action? failed)
    {
        try
        {
            return _socket.SendTo(message.Span, SocketFlags.None, destination.Remote) == message.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or ArgumentException)
        {
            return false; // unreachable, too long, other family or closed: all mean that it did not go
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task ReceiveAsync(ISipTransportReceiver receiver)
    {
        await Task.Yield();
        var buffer = GC.AllocateUninitializedArray<byte>(MaxDatagramBytes, pinned: true);
        var any = new IPEndPoint(point.Bind.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                var source = new SipDestination((IPEndPoint)result.RemoteEndPoint);
                if (SipParser.TryParse(buffer.AsSpan(0, result.ReceivedBytes), SipLimits.Default, out var message, out var error))
                {
                    receiver.OnMessage(this, source, message);
                }
                else
                {
                    receiver.OnRejected(this, source, error);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // An ICMP error of an earlier send: says nothing about the next datagram.
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
