using System.Buffers;
using System.Text;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;

namespace Avatar2D.Sip.Tests.Torture;

public sealed class TortureTests
{
    private static readonly TortureCase[] All =
    [
        .. Rfc4475ValidMessages.Cases, .. Rfc4475InvalidMessages.Cases, .. Rfc4475UpperLayerMessages.Cases, .. Rfc5118Messages.Cases,
    ];

    public static TheoryData<string> Names => new(All.Select(item => item.Name));

    [Fact]
    public void Table_BothRfcs_IsComplete()
    {
        Assert.Equal(49, All.Length - Rfc5118Messages.Cases.Length);
        Assert.Equal(12, Rfc5118Messages.Cases.Length);
        Assert.Equal(All.Length, All.Select(item => item.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TryParse_TortureMessage_HasTheOutcomeOfTheRfc(string name)
    {
        TortureCase item = Find(name);

        bool ok = SipParser.TryParse(item.Bytes, SipLimits.Default, out SipMessage? message, out SipParseError? error);

        Assert.True(ok == (item.Outcome != TortureOutcome.Rejected), error?.Text);
        switch (item.Outcome)
        {
            case TortureOutcome.Request:
                Assert.Equal(item.Status, TortureVerdict.Of(Assert.IsType<SipRequest>(message)));
                break;
            case TortureOutcome.Response:
                Assert.IsType<SipResponse>(message);
                break;
            default:
                Assert.Equal(item.Reason, error!.Reason);
                Assert.Equal(item.Status != 0, error.CanAnswer);
                Assert.Equal(item.Status == 0 ? 400 : item.Status, error.StatusCode);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_WellFormedTortureMessage_ParsesBackTheSame(string name)
    {
        if (!SipParser.TryParse(Find(name).Bytes, SipLimits.Default, out SipMessage? message, out _))
        {
            Assert.Equal(TortureOutcome.Rejected, Find(name).Outcome);
            return;
        }

        bool ok = SipParser.TryParse(SipWriter.ToBytes(message), SipLimits.Default, out SipMessage? again, out SipParseError? error);

        Assert.True(ok, error?.Text);
        Assert.Equal(message.ToString(), again!.ToString());
        Assert.Equal(message.Headers, again.Headers);
        Assert.Equal(message.Body.ToArray(), again.Body.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WriteAnswer_RefusedTortureMessage_IsAResponseWithItsVia(string name)
    {
        if (SipParser.TryParse(Find(name).Bytes, SipLimits.Default, out _, out SipParseError? error) || !error.CanAnswer)
        {
            Assert.False(error?.CanAnswer ?? false);
            return;
        }

        ArrayBufferWriter<byte> output = new();
        error.WriteAnswer(output, error.TopVia!, "our-tag");

        string answer = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.StartsWith($"SIP/2.0 {error.StatusCode} ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nVia: {error.TopVia}", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\nContent-Length: 0\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_ShortTortuousInvite_ReadsEveryValue()
    {
        SipRequest request = Parse<SipRequest>("wsinv");

        Assert.Equal("1918181833n", request.ToTag);
        Assert.Equal("98asjd8", request.FromTag);
        Assert.Equal("J Rosenberg \\\"", request.From.DisplayName);
        Assert.Equal(68, request.MaxForwards);
        Assert.Equal(new CSeqHeader(9, "INVITE"), request.CSeq);
        Assert.Equal(["192.0.2.2", "spindle.example.com", "192.168.255.111"], request.Vias.Select(via => via.Host));
        Assert.Equal(["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"], request.Vias.Select(via => via.Branch));
        Assert.Equal("", request.Headers["Subject"]);
        Assert.Equal("newfangled value continued newfangled value", request.Headers["NewFangledHeader"]);
        Assert.Equal(";;,,;;,;", request.Headers["UnknownHeaderWithUnusualValue"]);
        Assert.Equal("Quoted string \"\"", request.Contact!.DisplayName);
        Assert.Equal("newvalue", request.Contact.Parameters["newparam"]);
        Assert.True(request.Contact.Parameters.Contains("secondparam"));
        Assert.Equal("0.33", request.Contact.Parameters["q"]);
        Assert.True(request.Routes[0].Uri.IsLooseRouter);
        Assert.True(request.RequestUri.Parameters.Contains("unknownparam"));
        Assert.Equal(150, request.Body.Length);
    }

    [Fact]
    public void TryParse_WideRangeOfCharacters_KeepsThem()
    {
        SipRequest request = Parse<SipRequest>("intmeth");

        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", request.Method);
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", request.RequestUri.User);
        Assert.Equal("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)", request.RequestUri.Password);
        Assert.Equal("BEL:\a NUL:\0 DEL:\x7f", request.To.DisplayName);
        Assert.Equal("работающий", request.From.Parameters["fromParam''~+*_!.-%"]);
        Assert.Equal("_token~1'+`*%!-.", request.FromTag);
        Assert.Equal(255, request.MaxForwards);
        Assert.Equal("\ufeff大停電", request.Headers["extensionHeader-!.%*+_`'~"]);
    }

    [Fact]
    public void TryParse_Escapes_AreDecodedOnceAndNeverInHeaderNames()
    {
        SipRequest request = Parse<SipRequest>("esc01");
        Assert.Equal("sips:user@example.com", request.RequestUri.User);
        Assert.Equal("user", request.To.Uri.User);
        Assert.Equal("I have spaces", request.From.Uri.User);
        Assert.True(request.Contact!.Uri.IsLooseRouter);
        Assert.Equal("value%41", request.Contact.Uri.Parameters["name"]);

        Assert.Equal("null-\0-null", Parse<SipRequest>("escnull").To.Uri.User);

        SipRequest other = Parse<SipRequest>("esc02");
        Assert.Equal("RE%47IST%45R", other.Method);
        Assert.Equal(["host1.example.com", "host3.example.com"], other.Contacts.Select(contact => contact.Uri.Host));
        Assert.Equal("%Z%45", other.To.DisplayName);
    }

    [Fact]
    public void TryParse_LongAndVariedVias_KeepsTheirOrder()
    {
        Assert.Equal(34, Parse<SipRequest>("longreq").Vias.Count);
        Assert.Equal(["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"], Parse<SipRequest>("transports").Vias.Select(via => via.Transport));
    }

    [Fact]
    public void TryParse_BodyAndReasonForms_AreKept()
    {
        Assert.Equal(553, Parse<SipRequest>("mpart01").Body.Length);
        Assert.True(Parse<SipRequest>("mpart01").ContentType!.Is("multipart", "mixed"));
        Assert.Equal(0, Parse<SipRequest>("dblreq").Body.Length);
        Assert.Equal("= 2**3 * 5**2 но сто девяносто девять - простое", Parse<SipResponse>("unreason").ReasonPhrase);
        Assert.Equal("", Parse<SipResponse>("noreason").ReasonPhrase);
        Assert.Equal("user;par=u@example.net", Parse<SipRequest>("semiuri").RequestUri.User);
        Assert.Equal(6, Parse<SipRequest>("semiuri").GetAll(SipFields.Accept).Count);
    }

    [Fact]
    public void TryParse_TransactionLayerMessages_ShowTheFacts()
    {
        Assert.False(Parse<SipRequest>("badbranch").TopVia.HasMagicCookie);
        Assert.Equal("255.255.255.255", Parse<SipResponse>("bcast").Vias[1].Host);
        Assert.Null(Parse<SipRequest>("inv2543").TopVia.Branch);
        Assert.Null(Parse<SipRequest>("inv2543").FromTag);
        Assert.Equal("isbn", Parse<SipRequest>("unksm2").To.Uri.Scheme);
        Assert.True(Parse<SipRequest>("cparam01").Contact!.Parameters.Contains("unknownparam"));
        Assert.True(Parse<SipRequest>("cparam02").Contact!.Uri.Parameters.Contains("unknownparam"));
        Assert.Equal("<sip:sip.example.com>", Parse<SipRequest>("regescrt").Contact!.Uri.Headers["Route"]);
    }

    [Fact]
    public void TryParse_Ipv6Messages_ShowAddressesAndPorts()
    {
        Assert.Equal("2001:db8::10", Parse<SipRequest>("ipv6-good").RequestUri.Address!.ToString());
        Assert.Null(Parse<SipRequest>("port-ambiguous").RequestUri.Port);
        Assert.Equal("2001:db8::10:5070", Parse<SipRequest>("port-ambiguous").RequestUri.Address!.ToString());
        Assert.Equal(5070, Parse<SipRequest>("port-unambiguous").RequestUri.Port);
        Assert.Equal("[2001:db8::9:255]", Parse<SipRequest>("via-received-param-with-delim").TopVia.Received);
        Assert.Equal("2001:db8::9:255", Parse<SipRequest>("via-received-param-no-delim").TopVia.Received);
        Assert.Equal([6050, null, null], Parse<SipRequest>("mult-ip-in-header").Vias.Select(via => via.Port));
        Assert.Equal(19823, Parse<SipRequest>("ipv4-mapped-ipv6").TopVia.Port);
        SipUri twice = Parse<SipRequest>("ipv6-bug-abnf-3-colons").RequestUri;
        Assert.Equal(Parse<SipRequest>("ipv6-correct-abnf-2-colons").RequestUri, twice);
    }

    private static TortureCase Find(string name) => All.Single(item => item.Name == name);

    private static T Parse<T>(string name)
        where T : SipMessage =>
        SipParser.TryParse(Find(name).Bytes, SipLimits.Default, out SipMessage? message, out SipParseError? error)
            ? Assert.IsType<T>(message)
            : throw new InvalidOperationException(error.Text);
}
