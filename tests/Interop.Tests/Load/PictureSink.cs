using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Interop.Tests.Load;

/// <summary>Takes the pictures of all calls at one port and counts them by their sender: packets with the marker end one.</summary>
internal sealed class PictureSink : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, int> _pictures = new();
    private readonly Task _loop;

    public PictureSink()
    {
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _loop = ReceiveAsync();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port; // Bound in the constructor.

    /// <summary>Whole pictures by the port that they came from.</summary>
    public IReadOnlyDictionary<int, int> Pictures => _pictures;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[2048];
        var any = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                SocketReceiveFromResult got = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                if (got.ReceivedBytes > 12 && (buffer[1] & 0x80) != 0)
                    _pictures.AddOrUpdate(((IPEndPoint)got.RemoteEndPoint).Port, 1, (_, count) => count + 1);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
