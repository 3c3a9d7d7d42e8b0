using System.Net;
using System.Net.Sockets;
using System.Text;
using Avatar2D.Sip.Transports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Sip.Tests.Transports;

/// <summary>Pings on connections that we opened: RFC 5626 §3.5.1. Real sockets, fake time.</summary>
public sealed class KeepAliveTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SipTransportOptions _limits = new() { ConnectionIdleTimeout = Timeout.InfiniteTimeSpan }; // the steps are many

    private static byte[] Message => Encoding.ASCII.GetBytes(
        "OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:5071;branch=z9hG4bKk\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x@y>\r\n"
        + "Call-ID: k\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");

    private async Task<(TcpSipTransport Transport, NetworkStream Peer, TcpListener Listener)> Opened()
    {
        var transport = new TcpSipTransport(
            new() { Protocol = SipTransportProtocol.Tcp, Bind = IPEndPoint.Parse("127.0.0.1:0") }, _limits, _time, NullLogger.Instance);
        await transport.StartAsync(new SocketReceiver(), default);
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Assert.True(transport.TrySend(new((IPEndPoint)listener.LocalEndpoint), Message, null));
        var socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.ReadExactlyAsync(new byte[Message.Length], TestContext.Current.CancellationToken);
        return (transport, stream, listener);
    }

    // Steps of the timer until a ping is here: the write that went before is noted a moment after it is seen.
    private async Task Ping(NetworkStream peer)
    {
        var ping = new byte[4];
        var read = peer.ReadExactlyAsync(ping, TestContext.Current.CancellationToken).AsTask();
        while (!read.IsCompleted)
        {
            _time.Advance(_limits.PongTimeout);
            await Task.Yield();
        }

        await read;
        Assert.Equal("\r\n\r\n"u8.ToArray(), ping);
    }

    [Fact]
    public async Task Silence_PeerThatNeverAnswersPings_StaysConnected()
    {
        var (transport, peer, listener) = await Opened();
        await using (transport)
        await using (peer)
        using (listener)
        {
            await Ping(peer);
            await Ping(peer);
            Assert.Equal(1, transport.ConnectionCount);
        }
    }

    [Fact]
    public async Task Silence_PeerThatAnsweredBeforeAndNotNow_IsClosed()
    {
        var (transport, peer, listener) = await Opened();
        await using (transport)
        await using (peer)
        using (listener)
        {
            await Ping(peer);
            await peer.WriteAsync("\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var closed = Task.Run(async () =>
            {
                var rest = new byte[64];
                try
                {
                    while (await peer.ReadAsync(rest, TestContext.Current.CancellationToken) > 0)
                    {
                    }
                }
                catch (IOException)
                {
                    // A reset is an end too.
                }
            });
            while (!closed.IsCompleted)
            {
                _time.Advance(_limits.PongTimeout); // the answer is read by another thread: no step is the decisive one
                await Task.Yield();
            }

            await closed;
            Assert.Equal(0, transport.ConnectionCount);
        }
    }
}
