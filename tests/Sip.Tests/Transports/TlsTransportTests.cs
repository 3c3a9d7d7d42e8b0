using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Avatar2D.Sip.Transports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Sip.Tests.Transports;

/// <summary>TLS over real sockets on loopback, certificates of a test authority.</summary>
public sealed class TlsTransportTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _authority.Dispose();

    private static byte[] Bytes(string callId) => Encoding.ASCII.GetBytes(
        $"OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:5071;branch=z9hG4bK{callId}\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x@y>\r\n"
        + $"Call-ID: {callId}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");

    private SipTlsOptions Options(params string[] hosts) =>
        new() { Certificates = [.. hosts.Select(host => _authority.Issue(host))], TrustPath = _authority.TrustPath };

    private TcpSipTransport Transport(SipTlsOptions tls) => new(
        new() { Protocol = SipTransportProtocol.Tls, Bind = IPEndPoint.Parse("127.0.0.1:0") },
        new(), TimeProvider.System, NullLogger.Instance, new TlsStreamSecurity(tls, _time, NullLogger.Instance));

    private static async Task<string?> SubjectFor(TcpSipTransport transport, string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(transport.LocalEndPoint, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, TestContext.Current.CancellationToken);
        return stream.RemoteCertificate?.Subject;
    }

    private static async Task<bool> Sends(TcpSipTransport from, TcpSipTransport to, string? host, SocketReceiver heard)
    {
        var failed = new TaskCompletionSource();
        Assert.True(from.TrySend(new(to.LocalEndPoint, Host: host), Bytes("m"), failed.SetResult));
        var next = heard.Next();

        // Under TLS 1.3 a client learns only after its first message that its certificate was refused: the connection ends.
        var closed = Task.Run(async () =>
        {
            while (from.ConnectionCount > 0)
            {
                await Task.Yield();
            }
        });
        var first = await Task.WhenAny(failed.Task, next, closed).WaitAsync(TestContext.Current.CancellationToken);
        return first == next;
    }

    [Theory]
    [InlineData("sip.example.com", true)]
    [InlineData("evil.example.com", false)]
    [InlineData(null, false)]
    public async Task TrySend_NameOfTheServer_MustStandInItsCertificate(string? host, bool goes)
    {
        await using var server = Transport(Options("sip.example.com"));
        await using var client = Transport(Options("client.example.com"));
        var heard = new SocketReceiver();
        await server.StartAsync(heard, default);
        await client.StartAsync(new SocketReceiver(), default);
        Assert.Equal(goes, await Sends(client, server, host, heard));
    }

    [Fact]
    public async Task TrySend_AuthorityUnknown_Fails()
    {
        using var other = new TestAuthority("CN=other authority");
        await using var server = Transport(Options("sip.example.com"));
        await using var client = Transport(Options("client.example.com") with { TrustPath = other.TrustPath });
        var heard = new SocketReceiver();
        await server.StartAsync(heard, default);
        await client.StartAsync(new SocketReceiver(), default);
        Assert.False(await Sends(client, server, "sip.example.com", heard));
    }

    [Fact]
    public async Task TrySend_ServersAreNotVerified_GoesToAnyName()
    {
        await using var server = Transport(Options("sip.example.com"));
        await using var client = Transport(Options("client.example.com") with { VerifyServers = false });
        var heard = new SocketReceiver();
        await server.StartAsync(heard, default);
        await client.StartAsync(new SocketReceiver(), default);
        Assert.True(await Sends(client, server, "other.example.com", heard));
    }

    [Fact]
    public async Task TrySend_SameAddressOtherName_ProvesItAnew()
    {
        await using var server = Transport(Options("a.example.com", "b.example.com"));
        await using var client = Transport(Options("client.example.com"));
        var heard = new SocketReceiver();
        await server.StartAsync(heard, default);
        await client.StartAsync(new SocketReceiver(), default);
        Assert.True(await Sends(client, server, "a.example.com", heard));
        Assert.True(await Sends(client, server, "a.example.com", heard));
        Assert.Equal(1, client.ConnectionCount);
        Assert.True(await Sends(client, server, "b.example.com", heard));
        Assert.False(await Sends(client, server, "c.example.com", heard));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Server_RequiresClientCertificates_TakesOnlyThoseOfItsAuthority(bool sameAuthority, bool goes)
    {
        using var other = new TestAuthority("CN=other authority");
        var clientFiles = (sameAuthority ? _authority : other).Issue("client.example.com");
        await using var server = Transport(Options("sip.example.com") with { ClientCertificates = TlsClientCertificates.Require });
        await using var client = Transport(new() { Certificates = [clientFiles], TrustPath = _authority.TrustPath });
        var heard = new SocketReceiver();
        await server.StartAsync(heard, default);
        await client.StartAsync(new SocketReceiver(), default);
        Assert.Equal(goes, await Sends(client, server, "sip.example.com", heard));
    }

    [Fact]
    public async Task Server_NoClientCertificate_RequiredIsRefusedRequestedIsNot()
    {
        await using var strict = Transport(Options("sip.example.com") with { ClientCertificates = TlsClientCertificates.Require });
        await using var lenient = Transport(Options("sip.example.com") with { ClientCertificates = TlsClientCertificates.Request });
        await strict.StartAsync(new SocketReceiver(), default);
        await lenient.StartAsync(new SocketReceiver(), default);
        Assert.Equal("CN=sip.example.com", await SubjectFor(lenient, "sip.example.com"));
        using var client = new TcpClient();
        await client.ConnectAsync(strict.LocalEndPoint, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            // With TLS 1.3 the client learns of the refusal at its first read.
            await stream.AuthenticateAsClientAsync("sip.example.com");
            await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);
        });
    }

    [Theory]
    [InlineData("b.example.com", "CN=b.example.com")]
    [InlineData("a.example.com", "CN=a.example.com")]
    [InlineData("unknown.example.com", "CN=a.example.com")]
    public async Task Server_NameOfTheClientHello_ChoosesTheCertificate(string host, string subject)
    {
        await using var server = Transport(Options("a.example.com", "b.example.com"));
        await server.StartAsync(new SocketReceiver(), default);
        Assert.Equal(subject, await SubjectFor(server, host));
    }

    [Fact]
    public async Task Server_FilesChange_NewConnectionsGetTheNewCertificate()
    {
        await using var server = Transport(Options("a.example.com"));
        await server.StartAsync(new SocketReceiver(), default);
        var files = _authority.Issue("a.example.com", subject: "renewed");
        File.SetLastWriteTimeUtc(files.CertificatePath, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        Assert.Equal("CN=a.example.com", await SubjectFor(server, "a.example.com")); // looked at a moment ago
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("CN=renewed", await SubjectFor(server, "a.example.com"));

        await File.WriteAllTextAsync(files.CertificatePath, "half a certificate", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(files.CertificatePath, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(2));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("CN=renewed", await SubjectFor(server, "a.example.com"));
    }
}
