using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Tests.Messages;

/// <summary>One table for parsing and writing header values.</summary>
public sealed class HeaderValueTests
{
    /// <summary>Header, raw value, and the value as we write it; null when the raw value is refused.</summary>
    public static TheoryData<string, string, string?> Values => new()
    {
        { "Via", "SIP/2.0/UDP a.example.com", "SIP/2.0/UDP a.example.com" },
        { "Via", "sip / 2.0 /TLS [2001:db8::1] : 5061 ; branch = z9hG4bKx ;rport", "SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bKx;rport" },
        { "Via", "SIP/2.0/UDP 10.0.0.1;rport=5060;received=10.0.0.2;ttl=16;maddr=224.2.0.1", "SIP/2.0/UDP 10.0.0.1;rport=5060;received=10.0.0.2;ttl=16;maddr=224.2.0.1" },
        { "Via", "SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK1", "SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK1" },
        { "Via", "SIP/2.0/UDP", null },
        { "Via", "SIP/2.0/UDPhost", null },
        { "Via", "HTTP/1.1/UDP a", null },
        { "Via", "SIP/2.0/UDP a:70000", null },
        { "Via", "SIP/2.0/UDP a:", null },
        { "Via", "SIP/2.0/UDP a;rport=99999", null },
        { "Via", "SIP/2.0/UDP a;ttl=256", null },
        { "Via", "SIP/2.0/UDP a;branch=", null },
        { "Via", "SIP/2.0/UDP 2001:db8::1", null },
        { "Via", "SIP/2.0/UDP [2001:db8::1", null },
        { "Via", "SIP/2.0/UDP [10.0.0.1]", null },
        { "From", "sip:a@b;tag=1", "<sip:a@b>;tag=1" },
        { "From", "<sip:a@b>", "<sip:a@b>" },
        { "From", "Alice <sip:a@b;x=1>;tag=1", "\"Alice\" <sip:a@b;x=1>;tag=1" },
        { "From", "Alice von B. <sip:a@b>", "\"Alice von B.\" <sip:a@b>" },
        { "From", "Алиса (дома) <sip:a@b>", "\"Алиса (дома)\" <sip:a@b>" },
        { "From", "\"A \\\"B\\\" \\\\ C\" <sip:a@b>;tag=\"x y\"", "\"A \\\"B\\\" \\\\ C\" <sip:a@b>;tag=\"x y\"" },
        { "From", "\"<sip:c@d>, x\"<sip:a@b>", "\"<sip:c@d>, x\" <sip:a@b>" },
        { "From", "<tel:+1-201-555-0123>;tag=1", "<tel:+1-201-555-0123>;tag=1" },
        { "From", "\"\" <sip:a@b>", "<sip:a@b>" },
        { "From", "", null },
        { "From", "Alice", null },
        { "From", "\"Alice <sip:a@b>", null },
        { "From", "\"Alice\" sip:a@b", null },
        { "From", "Bell, A <sip:a@b>", null },
        { "From", "<sip:a@b", null },
        { "From", "< sip:a@b>", null },
        { "From", "<sip:a@b>;;tag=1", null },
        { "From", "<sip:a@b> tag=1", null },
        { "From", "sip:a@b?Subject=x", null },
        { "Contact", "<sip:a@b>;expires=60;q=0.5;+sip.instance=\"<urn:uuid:1>\"", "<sip:a@b>;expires=60;q=0.5;+sip.instance=\"<urn:uuid:1>\"" },
        { "Route", "<sip:p.example.com;lr;ftag=abc==>", "<sip:p.example.com;lr;ftag=abc==>" },
        { "Call-ID", "a84b4c76e66710@pc33.example.com", "a84b4c76e66710@pc33.example.com" },
        { "Call-ID", "a b", null },
        { "Call-ID", "a@b@c", null },
        { "Call-ID", "@b", null },
        { "CSeq", "0009   INVITE", "9 INVITE" },
        { "CSeq", "2147483647 BYE", "2147483647 BYE" },
        { "CSeq", "2147483648 BYE", null },
        { "CSeq", "-1 BYE", null },
        { "CSeq", "1", null },
        { "CSeq", "1 BYE x", null },
        { "Max-Forwards", "0070", "70" },
        { "Max-Forwards", "256", null },
        { "Max-Forwards", "+7", null },
        { "Expires", "3600", "3600" },
        { "Expires", "1e3", null },
        { "Retry-After", "18000 (I'm (in) a \\) meeting) ;duration=3600", "18000;duration=3600" },
        { "Retry-After", "120 (open", null },
        { "Session-Expires", "1800;refresher=uas", "1800;refresher=uas" },
        { "x", "90", "90" },
        { "Min-SE", "x", null },
        { "Content-Type", "application/sdp", "application/sdp" },
        { "Content-Type", "multipart/mixed ; boundary=\"a b\"", "multipart/mixed;boundary=\"a b\"" },
        { "Content-Type", "application", null },
        { "Supported", "100rel", "100rel" },
        { "Supported", "a b", null },
        { "RSeq", "4294967295", "4294967295" },
        { "RSeq", "4294967296", null },
        { "RAck", "776656 1 INVITE", "776656 1 INVITE" },
        { "RAck", "776656 INVITE", null },
        { "Reason", "Q.850 ;cause=16 ;text=\"Terminated\"", "Q.850;cause=16;text=\"Terminated\"" },
        { "Reason", "SIP;cause=200;text=\"Call completed elsewhere\"", "SIP;cause=200;text=\"Call completed elsewhere\"" },
        { "P-Asserted-Identity", "\"Cullen Jennings\" <sip:fluffy@cisco.com>", "\"Cullen Jennings\" <sip:fluffy@cisco.com>" },
        { "WWW-Authenticate", "Digest realm=\"a, b\", nonce=\"1\\\"2\",algorithm=MD5 , qop=\"auth,auth-int\"", "Digest realm=\"a, b\", nonce=\"1\\\"2\", algorithm=MD5, qop=\"auth,auth-int\"" },
        { "WWW-Authenticate", "Digest realm=\"a", null },
        { "Authorization", "Digest username=\"bob\",, realm=\"a\"", null },
        { "Event", "presence;id=1", "presence;id=1" },
        { "Refer-To", "<sip:a@b?Replaces=1%3Bto-tag%3D2>", "<sip:a@b?Replaces=1%3Bto-tag%3D2>" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void TryParse_RawValue_IsWrittenInOneForm(string name, string raw, string? written)
    {
        SipHeaderField field = SipFields.Find(name)!;

        Assert.Equal(written is not null, field.IsValid(raw));
        if (written is not null)
        {
            Assert.Equal(written, Write(field, raw));
            Assert.Equal(written, Write(field, written));
        }
    }

    [Fact]
    public void Find_CompactOrOddlyCasedName_GivesTheField()
    {
        Assert.Same(SipFields.Via, SipFields.Find("v"));
        Assert.Same(SipFields.PAssertedIdentity, SipFields.Find("p-asserted-identity"));
        Assert.Null(SipFields.Find("X-Unknown"));
        Assert.Equal("x", SipHeaderNames.Compact("session-expires"));
        Assert.Null(SipHeaderNames.Compact("CSeq"));
    }

    [Fact]
    public void All_EveryField_NamesItsHeaderInTheRfcSpelling() =>
        Assert.All(SipFields.All, field => Assert.Same(field.Name, SipHeaderNames.Canonical(field.Name.ToUpperInvariant())));

    [Theory]
    [InlineData(180, "Ringing")]
    [InlineData(488, "Not Acceptable Here")]
    [InlineData(299, "Success")]
    [InlineData(699, "Global Failure")]
    public void ReasonPhrase_Code_GivesPhraseOrClass(int code, string phrase) => Assert.Equal(phrase, SipStatus.ReasonPhrase(code));

    [Fact]
    public void WithSource_RportAsked_SetsBoth()
    {
        Assert.True(ViaHeader.TryParse("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport", out ViaHeader? via));

        Assert.Equal("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport=4321;received=192.0.2.1", via.WithSource(new(System.Net.IPAddress.Parse("192.0.2.1"), 4321)).ToString());
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", null)]
    [InlineData("SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1", "192.0.2.1")]
    [InlineData("SIP/2.0/UDP host.example.com;branch=z9hG4bK1", "192.0.2.1")]
    public void WithSource_NoRport_SetsReceivedOnlyWhenSentByDiffers(string text, string? received)
    {
        Assert.True(ViaHeader.TryParse(text, out ViaHeader? via));

        ViaHeader stored = via.WithSource(new(System.Net.IPAddress.Parse("::ffff:192.0.2.1"), 4321));

        Assert.Equal(received, stored.Received);
        Assert.False(stored.HasRport);
    }

    [Fact]
    public void WithSource_LinkLocalAddress_WritesNoZone()
    {
        Assert.True(ViaHeader.TryParse("SIP/2.0/UDP [2001:db8::1]", out ViaHeader? via));

        Assert.Equal("fe80::1", via.WithSource(new(System.Net.IPAddress.Parse("fe80::1%3"), 1)).Received);
    }

    [Fact]
    public void With_ValueThatIsNoToken_IsQuotedAndReadBack()
    {
        SipParameters parameters = SipParameters.Empty.With("a", "x \"y\"").With("b", "1").With("a", "z;").Without("b");

        Assert.Equal(";a=\"z;\"", parameters.ToString());
        Assert.Equal("z;", parameters["A"]);
    }

    [Fact]
    public void DigestHeader_BuiltCredentials_QuoteOnlyWhatIsQuoted()
    {
        DigestHeader value = new DigestHeader("Digest", SipParameters.Empty).WithQuoted("username", "b\"ob").WithToken("qop", "auth");

        Assert.Equal("Digest username=\"b\\\"ob\", qop=auth", value.ToString());
        Assert.True(DigestHeader.TryParse(value.ToString(), out DigestHeader? parsed));
        Assert.Equal("b\"ob", parsed.Parameters["username"]);
    }

    private static string Write(SipHeaderField field, string raw) => field switch
    {
        SipHeaderField<ViaHeader> known => Write(known, raw),
        SipHeaderField<NameAddress> known => Write(known, raw),
        SipHeaderField<string> known => Write(known, raw),
        SipHeaderField<CSeqHeader> known => Write(known, raw),
        SipHeaderField<int> known => Write(known, raw),
        SipHeaderField<uint> known => Write(known, raw),
        SipHeaderField<SecondsHeader> known => Write(known, raw),
        SipHeaderField<MediaType> known => Write(known, raw),
        SipHeaderField<RAckHeader> known => Write(known, raw),
        SipHeaderField<ReasonHeader> known => Write(known, raw),
        SipHeaderField<DigestHeader> known => Write(known, raw),
        SipHeaderField<SipValueWithParameters> known => Write(known, raw),
        _ => throw new InvalidOperationException($"No case for {field.Name}."),
    };

    private static string Write<T>(SipHeaderField<T> field, string raw) =>
        field.TryParse(raw, out T? value) ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)! : "";
}
