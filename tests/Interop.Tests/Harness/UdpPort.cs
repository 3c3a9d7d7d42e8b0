using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>A UDP socket on loopback with its own reading loop.</summary>
internal sealed class UdpPort : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _end = new();
    private readonly Lazy<Task> _loop;

    /// <summary>Opens the port; <see cref="Start"/> begins to read.</summary>
    /// <param name="port">0 for any.</param>
    /// <param name="received">Called with each datagram and its source, one after the other.</param>
    public UdpPort(int port, Action<byte[], IPEndPoint> received)
    {
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _loop = new Lazy<Task>(() => Task.Run(() => ReadAsync(received)));
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!; // Bound in the constructor.

    public void Start() => _ = _loop.Value;

    /// <summary>Sends a datagram.</summary>
    public void Send(byte[] data, IPEndPoint target)
    {
        try
        {
            _socket.SendTo(data, target);
        }
        catch (SocketException)
        {
            // The far end is closed: for UDP that is nothing special.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Dispose();
        if (_loop.IsValueCreated)
            await _loop.Value;
        _end.Dispose();
    }

    private async Task ReadAsync(Action<byte[], IPEndPoint> received)
    {
        var buffer = new byte[65536];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult result = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _end.Token);
                received(buffer[..result.ReceivedBytes], (IPEndPoint)result.RemoteEndPoint);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A refused datagram (ICMP) or the end.
            }
        }
    }
}
