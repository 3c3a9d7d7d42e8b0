using System.Text.RegularExpressions;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>One TLS connection of OpenSSL's that stays: pings on it, our requests over it (RFC 5626 §3.5.1, RFC 5923), and its loss.</summary>
public sealed class ConnectionTests
{
    private const string Sound = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";

    private static string Request(string method, string call, string body = "", string tag = "") =>
        $"{method} sip:avatar@one.example SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK{call}{method};rport\r\nMax-Forwards: 70\r\n"
        + $"From: <sip:openssl@one.example>;tag=o\r\nTo: <sip:avatar@one.example>{(tag.Length > 0 ? ";tag=" + tag : "")}\r\nCall-ID: {call}\r\n"
        + $"CSeq: 1 {method}\r\nContact: <sip:openssl@127.0.0.1:9;transport=tls>\r\n"
        + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "") + $"Content-Length: {body.Length}\r\n\r\n{body}";

    [Fact]
    public async Task Connection_Kept_CarriesPongsAndOurRequestsUntilItIsGone()
    {
        using CertificateFiles files = await CertificateFiles.MakeAsync("one.example");
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with
        {
            Video = o.Video with { Enabled = false },
            Sip = o.Sip with
            {
                Listen = [.. o.Sip.Listen, "tls:127.0.0.1:0"],
                TlsCertificates = [$"{files.Certificate("one.example")} {files.Key("one.example")}"],
            },
        });
        await using ExternalProcess openssl = ExternalProcess.Start(Tool.Openssl,
            ["s_client", "-quiet", "-connect", $"{gateway.Host.SipEndPoints[2]}", "-servername", "one.example", "-CAfile", files.Authority]);
        await openssl.WriteAsync("\r\n\r\n" + Request("OPTIONS", "a")); // RFC 5626 §3.5.1: a pair is a ping,
        await AnsweredAsync("Call-ID: a");
        Assert.StartsWith("\nSIP/2.0 200", openssl.Output, StringComparison.Ordinal); // and one CRLF the pong;
        await openssl.WriteAsync("\r\n" + Request("OPTIONS", "b")); // a single one is none.
        await AnsweredAsync("Call-ID: b");
        Assert.DoesNotContain("\n\nSIP/2.0 200", openssl.Output, StringComparison.Ordinal);

        // Nobody listens where Contact says: what we ask for can only come over the connection that there is.
        await openssl.WriteAsync(Request("INVITE", "c", Sound));
        await AnsweredAsync("CSeq: 1 INVITE");
        string tag = Regex.Match(openssl.Output, @"To: <sip:avatar@one.example>;tag=(\S+)\r?\nCall-ID: c").Groups[1].Value;
        await openssl.WriteAsync(Request("ACK", "c", "", tag));
        await gateway.CallsAsync(1);
        gateway.Host.Calls.EndAll(CallEndReason.LocalHangup);
        await Until.TrueAsync(() => openssl.Output.Contains("BYE sip:openssl@127.0.0.1:9", StringComparison.Ordinal), "BYE", () => openssl.Report);
        await gateway.CallsAsync(0);

        await openssl.WriteAsync(Request("INVITE", "d", Sound));
        await Until.TrueAsync(() => openssl.Output.Contains("Call-ID: d", StringComparison.Ordinal), "an answer", () => openssl.Report);
        await openssl.DisposeAsync();
        gateway.Host.Calls.EndAll(CallEndReason.LocalHangup);
        await gateway.CallsAsync(0); // It cannot be told, and is over all the same.
        Assert.Empty(gateway.Log.Errors);

        Task AnsweredAsync(string line) => Until.TrueAsync(
            () => openssl.Output.Contains(line, StringComparison.Ordinal) && openssl.Output.EndsWith('\n'), "an answer", () => openssl.Report);
    }
}
