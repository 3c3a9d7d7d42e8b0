using System.Net;
using System.Net.Sockets;
using System.Text;
using Avatar2D.Sip.Transports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Sip.Tests.Transports;

/// <summary>Real sockets on loopback; every wait is for a message or an end, never for a time.</summary>
public sealed class SocketTransportTests
{
    private static readonly SipTransportOptions Limits = new();

    private static string Text(string callId, int port = 5070, string body = "") =>
        $"OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:{port};branch=z9hG4bK{callId}\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x@y>\r\n"
        + $"Call-ID: {callId}\r\nCSeq: 1 OPTIONS\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static byte[] Bytes(string callId, int port = 5070) => Encoding.ASCII.GetBytes(Text(callId, port));

    private static TcpSipTransport Tcp(SipTransportOptions? limits = null, TimeProvider? time = null, string bind = "127.0.0.1:0") => new(
        new() { Protocol = SipTransportProtocol.Tcp, Bind = IPEndPoint.Parse(bind) },
        limits ?? Limits, time ?? TimeProvider.System, NullLogger.Instance);

    private static async Task<(TcpClient Client, NetworkStream Stream)> Connect(TcpSipTransport transport)
    {
        var client = new TcpClient(transport.LocalEndPoint.AddressFamily);
        await client.ConnectAsync(transport.LocalEndPoint, TestContext.Current.CancellationToken);
        return (client, client.GetStream());
    }

    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("[::1]:0")]
    public async Task Udp_BothFamilies_CarriesMessagesAndRejects(string bind)
    {
        await using var a = new UdpSipTransport(new() { Bind = IPEndPoint.Parse(bind) }, Limits);
        await using var b = new UdpSipTransport(new() { Bind = IPEndPoint.Parse(bind) }, Limits);
        var heard = new SocketReceiver();
        await a.StartAsync(new SocketReceiver(), default);
        await b.StartAsync(heard, default);
        Assert.True(a.TrySend(new(b.LocalEndPoint), Bytes("u1"), null));
        Assert.True(a.TrySend(new(b.LocalEndPoint), "nonsense\r\n\r\n"u8.ToArray(), null));
        var (source, message, _) = await heard.Next();
        Assert.Equal((a.LocalEndPoint, "u1"), (source.Remote, message?.CallId));
        Assert.NotNull((await heard.Next()).Error);
    }

    [Fact]
    public async Task Udp_TooLongADatagram_IsRefusedAtOnce()
    {
        await using var a = new UdpSipTransport(new() { Bind = IPEndPoint.Parse("127.0.0.1:0") }, Limits);
        await a.StartAsync(new SocketReceiver(), default);
        Assert.False(a.TrySend(new(a.LocalEndPoint), new byte[70_000], null));
    }

    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("[::1]:0")]
    public async Task Tcp_BothFamilies_ReusesOneConnectionBothWays(string bind)
    {
        await using var a = Tcp(bind: bind);
        await using var b = Tcp(bind: bind);
        var (heardA, heardB) = (new SocketReceiver(), new SocketReceiver());
        await a.StartAsync(heardA, default);
        await b.StartAsync(heardB, default);
        Assert.True(a.TrySend(new(b.LocalEndPoint), Bytes("t1"), null));
        Assert.True(a.TrySend(new(b.LocalEndPoint), Bytes("t2"), null));
        var first = await heardB.Next();
        var second = await heardB.Next();
        Assert.Equal(("t1", "t2"), (first.Message?.CallId, second.Message?.CallId));
        Assert.Equal(first.Source, second.Source);
        Assert.True(b.TrySend(first.Source, Bytes("t3"), null));
        Assert.Equal("t3", (await heardA.Next()).Message?.CallId);
        Assert.Equal((1, 1), (a.ConnectionCount, b.ConnectionCount));
    }

    [Fact]
    public async Task Tcp_MessagesInPiecesAndTogether_AreFramed()
    {
        await using var transport = Tcp();
        var heard = new SocketReceiver();
        await transport.StartAsync(heard, default);
        var (client, stream) = await Connect(transport);
        using (client)
        {
            var all = Encoding.ASCII.GetBytes(Text("p1", body: "abc") + "\r\n" + Text("p2") + Text("p3"));
            foreach (var part in all.Chunk(11))
            {
                await stream.WriteAsync(part, TestContext.Current.CancellationToken);
            }

            Assert.Equal("abc", (await heard.Next()).Message?.BodyText);
            Assert.Equal("p2", (await heard.Next()).Message?.CallId);
            Assert.Equal("p3", (await heard.Next()).Message?.CallId);
        }
    }

    [Fact]
    public async Task Tcp_DoubleCrLf_IsAnsweredByOne()
    {
        await using var transport = Tcp();
        await transport.StartAsync(new SocketReceiver(), default);
        var (client, stream) = await Connect(transport);
        using (client)
        {
            await stream.WriteAsync("\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var pong = new byte[2];
            await stream.ReadExactlyAsync(pong, TestContext.Current.CancellationToken);
            Assert.Equal("\r\n"u8.ToArray(), pong);
        }
    }

    [Fact]
    public async Task Tcp_NoContentLength_IsRejectedAndClosed()
    {
        await using var transport = Tcp();
        var heard = new SocketReceiver();
        await transport.StartAsync(heard, default);
        var (client, stream) = await Connect(transport);
        using (client)
        {
            var broken = Encoding.ASCII.GetBytes(Text("x").Replace("Content-Length: 0\r\n", "", StringComparison.Ordinal));
            await stream.WriteAsync(broken, TestContext.Current.CancellationToken);
            Assert.NotNull((await heard.Next()).Error);
            Assert.Equal(0, await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Tcp_PortOfTheirVia_FindsTheConnectionThatTheyOpened()
    {
        await using var transport = Tcp();
        var heard = new SocketReceiver();
        await transport.StartAsync(heard, default);
        var (client, stream) = await Connect(transport);
        using (client)
        {
            await stream.WriteAsync(Bytes("v1", port: 9), TestContext.Current.CancellationToken);
            await heard.Next();
            var answer = Bytes("v2");
            Assert.True(transport.TrySend(new(IPEndPoint.Parse("127.0.0.1:9")), answer, null));
            var got = new byte[answer.Length];
            await stream.ReadExactlyAsync(got, TestContext.Current.CancellationToken);
            Assert.Equal(answer, got);
            Assert.Equal(1, transport.ConnectionCount);
        }
    }

    [Fact]
    public async Task Tcp_NobodyListens_FailsLater()
    {
        await using var transport = Tcp();
        await transport.StartAsync(new SocketReceiver(), default);
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var failed = new TaskCompletionSource();
        Assert.True(transport.TrySend(new(new(IPAddress.Loopback, port)), Bytes("n"), failed.SetResult));
        await failed.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Tcp_TooManyFromOneAddress_AreClosedAtOnce()
    {
        await using var transport = Tcp(Limits with { MaxConnectionsPerAddress = 1 });
        var heard = new SocketReceiver();
        await transport.StartAsync(heard, default);
        var (first, firstStream) = await Connect(transport);
        using (first)
        {
            await firstStream.WriteAsync(Bytes("a"), TestContext.Current.CancellationToken);
            await heard.Next();
            var (second, secondStream) = await Connect(transport);
            using (second)
            {
                Assert.Equal(0, await secondStream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
            }

            await firstStream.WriteAsync(Bytes("b"), TestContext.Current.CancellationToken);
            Assert.Equal("b", (await heard.Next()).Message?.CallId);
        }
    }

    [Fact]
    public async Task Tcp_IdleConnection_IsClosed()
    {
        var time = new FakeTimeProvider();
        await using var transport = Tcp(time: time);
        var heard = new SocketReceiver();
        await transport.StartAsync(heard, default);
        var (client, stream) = await Connect(transport);
        using (client)
        {
            await stream.WriteAsync(Bytes("i"), TestContext.Current.CancellationToken);
            await heard.Next();
            time.Advance(Limits.ConnectionIdleTimeout);
            Assert.Equal(0, await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task StartAsync_PortTaken_Throws()
    {
        await using var first = Tcp();
        await first.StartAsync(new SocketReceiver(), default);
        await using var second = Tcp(bind: first.LocalEndPoint.ToString());
        await Assert.ThrowsAsync<SocketException>(async () => await second.StartAsync(new SocketReceiver(), default));
    }
}
