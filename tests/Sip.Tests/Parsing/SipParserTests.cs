using System.Text;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;

namespace Avatar2D.Sip.Tests.Parsing;

public sealed class SipParserTests
{
    [Theory]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "OPTIONS sip:bob@example.com", SipRejectReason.BadStartLine, true)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "OPTIONS", SipRejectReason.BadStartLine, false)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "OPT IONS sip:bob@example.com SIP/2.0", SipRejectReason.BadRequestUri, true)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "OPT@IONS sip:bob@example.com SIP/2.0", SipRejectReason.BadStartLine, false)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "OPTIONS sip:bob@example.com HTTP/1.1", SipRejectReason.BadStartLine, true)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "OPTIONS sip:bob@example.com SIP/2.1", SipRejectReason.UnsupportedVersion, true)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "OPTIONS im:bob@example.com SIP/2.0", SipRejectReason.UnsupportedUriScheme, true)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "SIP/2.0 99 x", SipRejectReason.BadStartLine, false)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "SIP/2.0 700 x", SipRejectReason.BadStartLine, false)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "SIP/2.0 2000 x", SipRejectReason.BadStartLine, false)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "SIP/2.0 20", SipRejectReason.BadStartLine, false)]
    [InlineData("OPTIONS sip:bob@example.com SIP/2.0", "SIP/3.0 200 OK", SipRejectReason.UnsupportedVersion, false)]
    [InlineData("Max-Forwards: 70", "Max-Forwards 70", SipRejectReason.BadHeaderLine, true)]
    [InlineData("Max-Forwards: 70", "Max Forwards: 70", SipRejectReason.BadHeaderLine, true)]
    [InlineData("Max-Forwards: 70", ": 70", SipRejectReason.BadHeaderLine, true)]
    [InlineData("Max-Forwards: 70", "X: a\nVia: b", SipRejectReason.BadHeaderLine, true)]
    [InlineData("Max-Forwards: 70", "X: a\rb", SipRejectReason.BadHeaderLine, true)]
    [InlineData("Max-Forwards: 70", "Max-Forwards: -1", SipRejectReason.BadHeaderValue, true)]
    [InlineData("Max-Forwards: 70", "f: <sip:c@d>;tag=2", SipRejectReason.DuplicateHeader, true)]
    [InlineData("Max-Forwards: 70", "l: 0", SipRejectReason.DuplicateHeader, true)]
    [InlineData("Max-Forwards: 70", "m: sip:a@b, ???", SipRejectReason.BadHeaderValue, true)]
    [InlineData("Content-Length: 0", "Content-Length: 0x0", SipRejectReason.BadContentLength, true)]
    [InlineData("Content-Length: 0", "Content-Length: 99999999999", SipRejectReason.BadContentLength, true)]
    [InlineData("CSeq: 1 OPTIONS", "CSeq: 1 INVITE", SipRejectReason.MethodMismatch, true)]
    [InlineData("CSeq: 1 OPTIONS\r\n", "", SipRejectReason.MissingHeader, false)]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport\r\n", "", SipRejectReason.MissingHeader, false)]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport", "Via: ,", SipRejectReason.MissingHeader, false)]
    [InlineData("Call-ID: 1@192.0.2.1", "Call-ID:", SipRejectReason.BadHeaderValue, true)]
    public void TryParse_DamagedRequest_IsRefusedWithItsReason(string old, string other, SipRejectReason reason, bool canAnswer)
    {
        Assert.False(SipParser.TryParse(SipSamples.Changed(old, other), SipLimits.Default, out SipMessage? message, out SipParseError? error));

        Assert.Null(message);
        Assert.Equal(reason, error.Reason);
        Assert.Equal(canAnswer, error.CanAnswer);
    }

    [Fact]
    public void TryParse_DamagedAck_IsNeverAnswered()
    {
        byte[] ack = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SipSamples.Changed("CSeq: 1 OPTIONS", "CSeq: 1 BYE"))
            .Replace("OPTIONS", "ACK", StringComparison.Ordinal));

        Assert.False(SipParser.TryParse(ack, SipLimits.Default, out _, out SipParseError? error));
        Assert.False(error.CanAnswer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("\r\n\r\n")]
    public void TryParse_OnlyLineEnds_IsAKeepAlive(string text) => Assert.Equal(SipRejectReason.KeepAlive, Refuse(Encoding.UTF8.GetBytes(text)).Reason);

    [Fact]
    public void TryParse_LineEndsBefore_AreSkipped() => Assert.True(TryParse([13, 10, 13, 10, .. SipSamples.Options()]));

    [Fact]
    public void TryParse_HeadWithoutEnd_IsIncomplete() =>
        Assert.Equal(SipRejectReason.IncompleteHead, Refuse(SipSamples.Options().AsSpan()[..^2]).Reason);

    [Fact]
    public void TryParse_BytesAfterTheBody_AreIgnored()
    {
        SipMessage message = Parse(SipSamples.Options(body: "12345", length: 3));

        Assert.Equal("123", message.BodyText);
    }

    [Fact]
    public void TryParse_NoContentLength_TakesTheRestAsBody() =>
        Assert.Equal("abc", Parse([.. SipSamples.Changed("Content-Length: 0\r\n", ""), .. "abc"u8]).BodyText);

    [Fact]
    public void TryParse_BodyShorterThanItsLength_IsRefused() =>
        Assert.Equal(SipRejectReason.BadContentLength, Refuse(SipSamples.Options(body: "123", length: 4)).Reason);

    [Fact]
    public void TryParse_BufferChangedAfterwards_MessageKeepsItsBody()
    {
        byte[] datagram = SipSamples.Options(body: "123");
        SipMessage message = Parse(datagram);

        Array.Clear(datagram);

        Assert.Equal("123", message.BodyText);
    }

    [Fact]
    public void TryParse_CompactAndFoldedAndOddlyCased_AreTheSameHeaders()
    {
        SipMessage message = Parse(SipSamples.Options("m\t: <sip:a@b>,\r\n\t\"x, y\" <sip:c@d>\r\nK: a ,b,, c\r\nx-unknown : \t v w \r\nsUBJECT:\r\n"));

        Assert.Equal(["a", "c"], message.Contacts.Select(contact => contact.Uri.User));
        Assert.Equal(["a", "b", "c"], message.Supported);
        Assert.Contains(new SipHeader("x-unknown", "v w"), message.Headers);
        Assert.Contains(new SipHeader("Subject", ""), message.Headers);
        Assert.Equal("v w", message.Headers["X-Unknown"]);
    }

    [Fact]
    public void TryParse_BytesThatAreNoUtf8_BecomeReplacementCharacters()
    {
        byte[] datagram = [.. SipSamples.Options("Subject: caf#\r\n")];
        datagram[datagram.AsSpan().IndexOf((byte)'#')] = 0xE9;

        Assert.Equal("caf\ufffd", Parse(datagram).Headers["Subject"]);
    }

    [Fact]
    public void TryParse_OptionalHeaders_AreTyped()
    {
        SipMessage message = Parse(SipSamples.Options(
            "Expires: 60\r\nx: 1800;refresher=uac\r\nMin-SE: 90\r\nRequire: 100rel, timer\r\nRSeq: 5\r\nRAck: 5 1 INVITE\r\n" +
            "Reason: Q.850;cause=16;text=\"bye\"\r\nP-Asserted-Identity: <sip:a@b>, <tel:+1>\r\nRetry-After: 5\r\nAllow: INVITE, BYE\r\n" +
            "Authorization: Digest username=\"a\", qop=auth\r\nProxy-Authorization: x y=z\r\nAuthorization: Digest username=\"b\"\r\n"));

        Assert.Equal(60, message.Expires);
        Assert.Equal("uac", message.SessionExpires!.Refresher);
        Assert.Equal(TimeSpan.FromSeconds(90), message.MinSE!.Duration);
        Assert.True(message.Supports("TIMER"));
        Assert.Equal(5u, message.RSeq);
        Assert.Equal(new RAckHeader(5, 1, "INVITE"), message.RAck);
        Assert.Equal((16, "bye"), (message.Reason!.Cause, message.Reason.Text));
        Assert.Equal(["sip", "tel"], message.PAssertedIdentity.Select(identity => identity.Uri.Scheme));
        Assert.Equal(5, message.RetryAfter!.Seconds);
        Assert.Equal(["INVITE", "BYE"], message.Allow);
        Assert.Equal(["a", "b"], message.Authorization.Select(value => value.Parameters["username"]));
        Assert.Equal("x", message.ProxyAuthorization[0].Scheme);
        Assert.Null(message.ContentType);
        Assert.Empty(message.WwwAuthenticate);
    }

    [Fact]
    public void TryParse_MalformedOptionalHeader_IsAsIfAbsent()
    {
        SipMessage message = Parse(SipSamples.Options("Expires: soon\r\nSupported: a b\r\nDate: never\r\n"));

        Assert.Null(message.Expires);
        Assert.Empty(message.Supported);
        Assert.Equal("soon", message.Headers["Expires"]);
    }

    [Fact]
    public void TryParse_WildcardContact_IsKnown()
    {
        SipMessage message = Parse(SipSamples.Options("Contact: *\r\n"));

        Assert.True(message.IsWildcardContact);
        Assert.Empty(message.Contacts);
    }

    internal static SipMessage Parse(ReadOnlySpan<byte> bytes) =>
        SipParser.TryParse(bytes, SipLimits.Default, out SipMessage? message, out SipParseError? error)
            ? message
            : throw new InvalidOperationException(error.ToString());

    private static bool TryParse(ReadOnlySpan<byte> bytes) => SipParser.TryParse(bytes, SipLimits.Default, out _, out _);

    private static SipParseError Refuse(ReadOnlySpan<byte> bytes) =>
        SipParser.TryParse(bytes, SipLimits.Default, out _, out SipParseError? error) ? throw new InvalidOperationException("It was taken.") : error;
}
