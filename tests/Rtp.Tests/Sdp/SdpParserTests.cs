using System.Text;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

public class SdpParserTests
{
    public static TheoryData<string, string> Samples => SdpSamples.All;

    [Theory]
    [MemberData(nameof(Samples))]
    public void Write_RealPeerBody_GivesTheSameLines(string name, string body)
    {
        SdpSession session = SdpSamples.Parse(body);

        string[] expected = [.. body.Split("\r\n").Order(StringComparer.Ordinal)];
        string[] written = [.. session.ToString().Split("\r\n").Order(StringComparer.Ordinal)];

        // The order within a level is the RFC's, so the lines are compared as a set and the re-parse as a whole.
        Assert.Equal(expected.Select(Squeeze), written.Select(Squeeze));
        Assert.Equal(session, SdpSamples.Parse(session.ToString()));
        Assert.NotEmpty(name);
    }

    private static string Squeeze(string line) => line.Replace(": ", ":", StringComparison.Ordinal);

    [Theory]
    [InlineData("v=0\no=- 1 1 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=audio 4000 RTP/AVP 0\n")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0")]
    [InlineData("\r\nv=0\r\no=- 1 1 IN IP4 1.2.3.4\r\n\r\nc=IN IP4 1.2.3.4\r\nm=audio 4000 RTP/AVP 0\r\n\0\0")]
    [InlineData("v=0 \r\no=-  1  1 IN IP4 1.2.3.4 \r\ns= \r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio  4000  RTP/AVP 0 \r\n")]
    public void TryParse_SloppyLineEndings_ReadsTheSame(string body)
    {
        SdpSession session = SdpSamples.Parse(body);

        Assert.Equal("1.2.3.4", session.Connection!.Address);
        SdpMedia media = Assert.Single(session.Media);
        Assert.Equal((4000, "RTP/AVP", "0"), (media.Port, media.Protocol, Assert.Single(media.Formats)));
        PayloadFormat format = Assert.Single(media.PayloadFormats());
        Assert.Equal((CodecKind.Pcmu, 8000), (format.Kind, format.ClockRateHz));
        Assert.Equal(MediaDirection.SendRecv, session.DirectionOf(media));
    }

    [Theory]
    [InlineData("", SdpRejection.Empty, 0)]
    [InlineData("\r\n\r\n", SdpRejection.Empty, 0)]
    [InlineData("o=- 1 1 IN IP4 1.2.3.4\r\n", SdpRejection.BadVersion, 1)]
    [InlineData("v=1\r\n", SdpRejection.BadVersion, 1)]
    [InlineData("v=0\r\ns=-\r\n", SdpRejection.BadOrigin, 0)]
    [InlineData("v=0\r\no=- x 1 IN IP4 1.2.3.4\r\n", SdpRejection.BadOrigin, 2)]
    [InlineData("v=0\r\no=- 1 IN IP4\r\n", SdpRejection.BadOrigin, 2)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nc=IN IP4\r\n", SdpRejection.BadConnection, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio 70000 RTP/AVP 0\r\n", SdpRejection.BadMedia, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio -1 RTP/AVP 0\r\n", SdpRejection.BadMedia, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio 4/x RTP/AVP 0\r\n", SdpRejection.BadMedia, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nm=audio\r\n", SdpRejection.BadMedia, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\nhello\r\n", SdpRejection.BadLine, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\ns=a\0b\r\n", SdpRejection.BadLine, 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 h\r\n=x\r\n", SdpRejection.BadLine, 3)]
    public void TryParse_BrokenBody_SaysWhatAndWhere(string body, SdpRejection reason, int line)
    {
        Assert.False(SdpSession.TryParse(body, out SdpSession? session, out SdpError error));
        Assert.Null(session);
        Assert.Equal(new SdpError(reason, line), error);
    }

    [Fact]
    public void TryParse_OverEachLimit_IsRefused()
    {
        const string head = "v=0\r\no=- 1 1 IN IP4 h\r\n";
        Assert.Equal(SdpRejection.TooLarge, Reason(head + new string('\n', SdpLimits.MaxBodyBytes)));
        Assert.Equal(SdpRejection.LineTooLong, Reason(head + "a=" + new string('x', SdpLimits.MaxLineBytes)));
        Assert.Equal(SdpRejection.TooManyLines, Reason(head + string.Concat(Enumerable.Repeat("a=x\n", SdpLimits.MaxLines))));
        Assert.Equal(SdpRejection.TooManyMedia, Reason(head + string.Concat(Enumerable.Repeat("m=audio 0 RTP/AVP 0\n", SdpLimits.MaxMedia + 1))));
        Assert.Equal(SdpRejection.TooManyFormats, Reason(head + "m=audio 4 RTP/AVP" + string.Concat(Enumerable.Repeat(" 0", SdpLimits.MaxFormats + 1))));
        Assert.Equal(SdpRejection.None, Reason(head + string.Concat(Enumerable.Repeat("m=audio 0 RTP/AVP 0\n", SdpLimits.MaxMedia))));
    }

    [Fact]
    public void TryParse_UnknownAndOptionalLines_AreKept()
    {
        const string body =
            "v=0\r\no=Cisco SIP GW 91 2 IN IP4 10.1.1.1\r\ns=x\r\ni=info\r\nu=http://e/\r\ne=a@b\r\np=+1 5\r\nc=IN IP4 233.1.1.1/127/3\r\n" +
            "b=CT:1000\r\nb=X-foo:bar\r\nt=1 2\r\nr=7d 1h 0 25h\r\nz=0 -1h\r\nk=clear:x\r\ny=new\r\na=recvonly\r\n" +
            "m=video 0 RTP/AVP\r\ni=title\r\nc=IN IP6 ff15::101/3\r\nk=prompt\r\na=unknown:value with: colon\r\n" +
            "m=audio 4000/2 RTP/AVP 0\r\n";
        SdpSession session = SdpSamples.Parse(body);

        Assert.Equal("Cisco SIP GW", session.Origin.UserName);
        Assert.Equal(("233.1.1.1", "/127/3"), (session.Connection!.Address, session.Connection.Suffix));
        Assert.Equal(1000, session.Bandwidth("CT"));
        Assert.Equal(0, session.Media[0].Port);
        Assert.Empty(session.Media[0].Formats);
        Assert.Equal("value with: colon", session.Media[0].Attribute("unknown"));
        Assert.Equal(2, session.Media[1].PortCount);
        Assert.Equal(MediaDirection.RecvOnly, session.DirectionOf(session.Media[1]));
        string written = session.ToString();
        foreach (string line in body.Split("\r\n"))
        {
            Assert.Contains(line, written, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TryParse_NumbersAbove64Bit_KeepsTheirText()
    {
        SdpSession session = SdpSamples.Parse("v=0\r\no=- 99999999999999999999999 18446744073709551616 IN IP4 h\r\ns=-\r\nt=0 0\r\n");

        Assert.False(session.Origin.TryGetVersion(out _));
        Assert.Contains("o=- 99999999999999999999999 18446744073709551616 IN IP4 h", session.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Media_TypedAttributes_AreRead()
    {
        SdpSession session = SdpSamples.Parse(SdpSamples.AndroidIms);
        SdpMedia video = session.Media[1];

        Assert.Equal(15, video.FrameRate);
        Assert.Equal((384L, 8000L, 6000L), (video.Bandwidth("AS"), video.Bandwidth("RS"), video.Bandwidth("RR")));
        Assert.Equal(["nack pli", "ccm fir"], video.Feedback(114).Select(feedback => feedback.Value));
        Assert.Equal(["qos local none", "qos remote none"], video.AttributeValues("curr"));
        Assert.True(session.ConnectionOf(video).TryGetIPAddress(out System.Net.IPAddress? address));
        Assert.Equal("2001:db8::10", address!.ToString());
        Assert.Equal((20, 240), (session.Media[0].PacketTimeMs, session.Media[0].MaxPacketTimeMs));
        SdpMedia browser = SdpSamples.Parse(SdpSamples.Browser).Media[0];
        Assert.True(browser.RtcpMux);
        Assert.Equal("0", browser.Mid);
        Assert.Equal(2, SdpSamples.Parse(SdpSamples.FreeSwitch).Media[0].Cryptos().Count());
    }

    [Fact]
    public void ToLogText_SecretLines_AreLeftOut()
    {
        string secure = SdpSamples.Parse(SdpSamples.FreeSwitch + "k=clear:hunter2\r\n").ToLogText();
        Assert.DoesNotContain("inline", secure, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", secure, StringComparison.Ordinal);
        Assert.Contains("a=crypto:...\n", secure, StringComparison.Ordinal);
        Assert.Contains("m=audio 24580 RTP/SAVP", secure, StringComparison.Ordinal);
        Assert.DoesNotContain("c3ab1f2e", SdpSamples.Parse(SdpSamples.Linphone).ToLogText(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToBytes_NonAsciiName_IsUtf8()
    {
        byte[] body = Encoding.UTF8.GetBytes("v=0\r\no=- 1 1 IN IP4 h\r\ns=Grüße\r\nt=0 0\r\n");
        Assert.True(SdpSession.TryParse(body, out SdpSession? session, out _));
        Assert.Equal("Grüße", session!.Name);
        Assert.Equal(body, session.ToBytes());
    }

    private static SdpRejection Reason(string body)
    {
        return SdpSession.TryParse(body, out _, out SdpError error) ? SdpRejection.None : error.Reason;
    }
}
