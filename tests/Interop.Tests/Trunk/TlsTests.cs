using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>OpenSSL as the TLS client: certificates of both sides, SNI, renewal.</summary>
public sealed class TlsTests
{
    private const string Options =
        "OPTIONS sip:avatar@one.example SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:5061;branch=z9hG4bKopenssl;rport\r\nMax-Forwards: 70\r\n"
        + "From: <sip:openssl@one.example>;tag=o\r\nTo: <sip:avatar@one.example>\r\nCall-ID: openssl\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";

    private static Task<GatewayUnderTest> StartAsync(CertificateFiles files, TlsClientCertificates clients = TlsClientCertificates.Ignore) =>
        GatewayUnderTest.StartAsync(o => o with
        {
            Video = o.Video with { Enabled = false },
            Sip = o.Sip with
            {
                Listen = [.. o.Sip.Listen, "tls:127.0.0.1:0"],
                TlsCertificates = [.. new[] { "one.example", "two.example" }.Select(name => $"{files.Certificate(name)} {files.Key(name)}")],
                TlsAuthorities = files.Authority,
                TlsClientCertificates = clients,
            },
        });

    /// <summary>Sends OPTIONS and gives all that openssl says: certificate, verdict, answer.</summary>
    private static async Task<string> AskAsync(GatewayUnderTest gateway, CertificateFiles files, string host, params string[] more)
    {
        await using ExternalProcess openssl = ExternalProcess.Start(Tool.Openssl,
        [
            "s_client", "-connect", $"{gateway.Host.SipEndPoints[2]}", "-servername", host, "-CAfile", files.Authority,
            "-verify_hostname", host, "-verify_return_error", "-ign_eof", .. more,
        ]);
        await openssl.WriteLineAsync(Options);
        await Until.TrueAsync(() => openssl.HasExited || openssl.Output.Contains("CSeq: 1 OPTIONS", StringComparison.Ordinal), "an answer", () => openssl.Report);
        return openssl.Report;
    }

    [Theory]
    [InlineData("one.example")]
    [InlineData("two.example")]
    public async Task Options_NameThatTheGatewayBears_IsProvenAndAnswered(string host)
    {
        using CertificateFiles files = await CertificateFiles.MakeAsync("one.example", "two.example");
        await using GatewayUnderTest gateway = await StartAsync(files);
        string said = await AskAsync(gateway, files, host);
        Assert.Contains("Verify return code: 0 (ok)", said, StringComparison.Ordinal);
        Assert.Contains($"CN = {host}", said, StringComparison.Ordinal);
        Assert.Contains("SIP/2.0 200 OK", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_NameThatItDoesNotBear_IsNotProven()
    {
        using CertificateFiles files = await CertificateFiles.MakeAsync("one.example", "two.example");
        await using GatewayUnderTest gateway = await StartAsync(files);
        string said = await AskAsync(gateway, files, "three.example");
        Assert.Contains("verify error:num=62:hostname mismatch", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SIP/2.0 200 OK", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_Renewed_IsShownWithoutRestartABrokenOneIsNot()
    {
        using CertificateFiles files = await CertificateFiles.MakeAsync("one.example", "two.example");
        await using GatewayUnderTest gateway = await StartAsync(files);
        string good = await File.ReadAllTextAsync(files.Certificate("one.example"));
        await File.WriteAllTextAsync(files.Key("one.example"), "half of a k");
        string said = "";
        await UntilSaidAsync(() => gateway.Log.Text.Contains("the old ones stay in use", StringComparison.Ordinal));
        Assert.Contains(good.Trim(), said, StringComparison.Ordinal);
        Assert.Contains("SIP/2.0 200 OK", said, StringComparison.Ordinal);

        await files.IssueAsync("one.example");
        string fresh = (await File.ReadAllTextAsync(files.Certificate("one.example"))).Trim();
        Assert.NotEqual(good.Trim(), fresh);
        await UntilSaidAsync(() => said.Contains(fresh, StringComparison.Ordinal));
        Assert.Contains("SIP/2.0 200 OK", said, StringComparison.Ordinal);

        async Task UntilSaidAsync(Func<bool> isDone)
        {
            long start = TimeProvider.System.GetTimestamp();
            do
            {
                Assert.True(TimeProvider.System.GetElapsedTime(start) < Until.Patience, gateway.Log.Text);
                await Until.PassedAsync(TimeSpan.FromMilliseconds(300));
                said = await AskAsync(gateway, files, "one.example");
            }
            while (!isDone());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Options_CertificatesOfClientsAreRequired_OnlyWithOneItIsAnswered(bool shows)
    {
        using CertificateFiles files = await CertificateFiles.MakeAsync("one.example", "two.example", "trunk.example");
        await using GatewayUnderTest gateway = await StartAsync(files, TlsClientCertificates.Require);
        string said = shows
            ? await AskAsync(gateway, files, "one.example", "-cert", files.Certificate("trunk.example"), "-key", files.Key("trunk.example"))
            : await AskAsync(gateway, files, "one.example");
        Assert.Equal(shows, said.Contains("SIP/2.0 200 OK", StringComparison.Ordinal));
    }
}
