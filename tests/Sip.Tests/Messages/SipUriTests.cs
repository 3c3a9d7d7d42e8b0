using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Tests.Messages;

public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@atlanta.example.com", "alice", "atlanta.example.com", null)]
    [InlineData("sips:alice:secret@atlanta.example.com:5061;transport=tcp?subject=x", "alice", "atlanta.example.com", 5061)]
    [InlineData("SIP:192.0.2.4", null, "192.0.2.4", null)]
    [InlineData("sip:+12125551212;phone-context=x@gateway.example.com;user=phone", "+12125551212;phone-context=x", "gateway.example.com", null)]
    [InlineData("sip:a%40b%3A@[2001:db8::1]:6000", "a@b:", "[2001:db8::1]", 6000)]
    [InlineData("sip:*67#@host", "*67#", "host", null)]
    public void TryParse_SipUri_GivesItsPartsAndItsText(string text, string? user, string host, int? port)
    {
        Assert.True(SipUri.TryParse(text, out SipUri? uri));

        Assert.True(uri.IsSip);
        Assert.Equal(user, uri.User);
        Assert.Equal(host, uri.Host);
        Assert.Equal(port, uri.Port);
        Assert.Equal(text, uri.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip")]
    [InlineData("sip:")]
    [InlineData("sip:@host")]
    [InlineData("sip:a@")]
    [InlineData("sip:a b@host")]
    [InlineData("sip:a%4@host")]
    [InlineData("sip:a%zz@host")]
    [InlineData("sip:a:p p@host")]
    [InlineData("sip:a@host:port")]
    [InlineData("sip:a@host:65536")]
    [InlineData("sip:a@host;")]
    [InlineData("sip:a@host;;lr")]
    [InlineData("sip:a@host;=x")]
    [InlineData("sip:a@host?")]
    [InlineData("sip:a@host?x=<y>")]
    [InlineData("sip:a@ho$t")]
    [InlineData("sip:a@b@c")]
    [InlineData("sip:[::1")]
    [InlineData("sip:[host]")]
    [InlineData("sip:[::1/64]")]
    [InlineData("sip:[fe80::1%eth0]")]
    [InlineData("1sip:host")]
    [InlineData(":host")]
    [InlineData("tel:")]
    [InlineData("tel:alice")]
    [InlineData("tel:+")]
    [InlineData("tel:1+2")]
    [InlineData("urn:")]
    [InlineData("http://a b")]
    public void TryParse_BadUri_IsRefused(string text) => Assert.False(SipUri.TryParse(text, out _));

    // The examples of RFC 3261 §19.1.4, RFC 3966 §4 and RFC 5954 §4.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on", true)]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true)]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", false)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false)]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", false)]
    [InlineData("sip:carol@chicago.com;security=off", "sip:carol@chicago.com;security=on", false)]
    [InlineData("sip:a@b", "sips:a@b", false)]
    [InlineData("sip:bob:x@b", "sip:bob:y@b", false)]
    [InlineData("sip:a@[2001:db8::9:1]", "sip:a@[2001:db8::9:01]", true)]
    [InlineData("sip:a@[0:0:0:0:0:FFFF:192.0.2.1]", "sip:a@[::ffff:192.0.2.1]", true)]
    [InlineData("tel:+1-201-555-0123", "tel:+12015550123", true)]
    [InlineData("tel:7042;phone-context=example.com", "tel:7042;phone-context=EXAMPLE.com", true)]
    [InlineData("tel:7042;phone-context=+1-212", "tel:7042;phone-context=+1212", true)]
    [InlineData("tel:7042;phone-context=example.com", "tel:7042", false)]
    [InlineData("tel:12015550123", "tel:+12015550123", false)]
    [InlineData("urn:service:sos", "urn:service:sos", true)]
    [InlineData("urn:service:sos", "urn:service:sos.fire", false)]
    public void IsEquivalentTo_TwoUris_FollowsTheRfc(string left, string right, bool same)
    {
        Assert.Equal(same, SipUri.Parse(left).IsEquivalentTo(SipUri.Parse(right)));
        Assert.Equal(same, SipUri.Parse(right).IsEquivalentTo(SipUri.Parse(left)));
    }

    [Theory]
    [InlineData("tel:+1-201-555-0123", "+12015550123")]
    [InlineData("tel:863-1234;phone-context=+1-914-555", "8631234")]
    [InlineData("sip:+358-555-1234567;postd=pp22@foo.com;user=phone", "+3585551234567")]
    [InlineData("sip:alice@foo.com", null)]
    public void PhoneNumber_Uri_IsWithoutVisualSeparators(string text, string? number) => Assert.Equal(number, SipUri.Parse(text).PhoneNumber);

    [Fact]
    public void TelUri_PhoneContext_IsAParameter() =>
        Assert.Equal("ims.example.com", SipUri.Parse("tel:7042;phone-context=ims.example.com").Parameters["phone-context"]);

    [Fact]
    public void Headers_EscapedQuotes_AreKept()
    {
        SipUri uri = SipUri.Parse("sip:a@b;x=%22y%22?Subject=%22z%22");

        Assert.Equal("\"y\"", uri.Parameters["x"]);
        Assert.Equal("\"z\"", uri.Headers["Subject"]);
        Assert.Equal("sip:a@b;x=%22y%22;t=a%3Bb?Subject=%22z%22", uri.WithParameter("t", "a;b").ToString());
    }

    [Fact]
    public void New_UserWithSpecialCharacters_IsEscaped()
    {
        SipUri uri = new("a b@ü", "2001:db8::1", 5080);

        Assert.Equal("sip:a%20b%40%C3%BC@[2001:db8::1]:5080", uri.ToString());
        Assert.Equal("a b@ü", SipUri.Parse(uri.ToString()).User);
    }

    [Fact]
    public void With_Changes_AreWritten()
    {
        SipUri uri = SipUri.Parse("sip:a:p@b;lr?x=y").WithUser("c").WithHost("d", 1).WithParameter("transport", "tcp").WithoutParameter("lr");

        Assert.Equal("sip:c:p@d:1;transport=tcp?x=y", uri.ToString());
        Assert.Equal("sip:c:p@d:1;transport=tcp", uri.ToRequestUri().ToString());
    }

    [Fact]
    public void Equals_SameText_IsEqualWithSameHash()
    {
        Assert.Equal(SipUri.Parse("sip:a@b"), SipUri.Parse("sip:a@b"));
        Assert.Equal(SipUri.Parse("sip:a@b").GetHashCode(), new SipUri("a", "b").GetHashCode());
        Assert.NotEqual(SipUri.Parse("sip:a@b"), SipUri.Parse("sip:a@B"));
    }
}
