using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Rtp.Sessions;

/// <summary>Reads one socket until it is closed, into one buffer and one address made once.</summary>
internal sealed class DatagramLoop
{
    /// <summary>Longer datagrams are cut and then fail to parse. 2,048 bytes: above any Ethernet MTU.</summary>
    private const int BufferBytes = 2048;

    // A socket that fails this often in a row is given up, so that the loop cannot spin.
    private const int MaxFailuresInRow = 100;

    private readonly Socket _socket;
    private readonly bool _isRtcp;
    private readonly IDatagramHandler _handler;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);
    private readonly SocketAddress _source;

    /// <summary>Prepares the loop.</summary>
    public DatagramLoop(Socket socket, bool isRtcp, IDatagramHandler handler)
    {
        _socket = socket;
        _isRtcp = isRtcp;
        _handler = handler;
        _source = new SocketAddress(socket.AddressFamily);
    }

    /// <summary>Runs until the socket is closed; never throws. No token: registering it would cost something per packet.</summary>
    public async Task RunAsync()
    {
        Memory<byte> memory = _buffer;
        int failures = 0;
        while (failures < MaxFailuresInRow)
        {
            try
            {
                int length = await _socket.ReceiveFromAsync(memory, SocketFlags.None, _source);
                failures = 0;
                Handle(length);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                failures++; // an ICMP error of an earlier send; the socket itself is sound
            }
        }
    }

    private void Handle(int length)
    {
        try
        {
            _handler.OnDatagram(_buffer.AsSpan(0, length), _source, _isRtcp);
        }
        catch (Exception exception)
        {
            // Loop border: a bug in a sink must not stop the stream for good.
            _handler.OnHandlerFailure(exception);
        }
    }
}
