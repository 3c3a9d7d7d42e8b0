using System.Net;
using System.Text;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;

namespace Avatar2D.Sip.Tests.Messages;

public sealed class SipBuilderTests
{
    private static readonly SipUri Bob = SipUri.Parse("sip:bob@biloxi.example.com");

    [Fact]
    public void Build_WholeRequest_ParsesBackTheSame()
    {
        SipRequest request = Invite().WithBody("v=0\r\n", MediaType.Sdp).Build();

        SipRequest parsed = Assert.IsType<SipRequest>(Parse(SipWriter.ToBytes(request)));

        Assert.Equal(request.Headers, parsed.Headers);
        Assert.Equal("v=0\r\n", parsed.BodyText);
        Assert.Equal(Bob, parsed.RequestUri);
        Assert.Equal("z9hG4bK1", parsed.TopVia.Branch);
        Assert.Equal(70, parsed.MaxForwards);
        Assert.True(parsed.ContentType!.Is(MediaType.Sdp));
    }

    [Fact]
    public void Build_MandatoryHeaderMissing_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Invite().Remove("From").Build());

    [Fact]
    public void Build_MethodDiffersFromCSeq_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Invite().CSeq(1, SipMethods.Bye).Build());

    [Theory]
    [InlineData("X-Name", "a\r\nVia: b")]
    [InlineData("X-Name", "a\nb")]
    [InlineData("X Name", "a")]
    [InlineData("Content-Length", "3")]
    public void Add_TextThatWouldBreakTheMessage_Throws(string name, string value) =>
        Assert.Throws<ArgumentException>(() => Invite().Add(name, value));

    [Fact]
    public void For_RequestOutsideDialog_CopiesHeadersAndAddsTag()
    {
        SipRequest request = Invite().Add("Record-Route", "<sip:p1.example.com;lr>").Add("Subject", "x").Build();

        SipResponse response = SipResponseBuilder.For(request, 180, "b1").Build();

        Assert.Equal(request.Vias, response.Vias);
        Assert.Equal(request.From.ToString(), response.From.ToString());
        Assert.Equal("b1", response.ToTag);
        Assert.Equal(request.CSeq, response.CSeq);
        Assert.Single(response.RecordRoutes);
        Assert.Equal("Ringing", response.ReasonPhrase);
        Assert.False(response.Headers.Contains("Subject"));
        Assert.Null(response.MaxForwards);
    }

    [Fact]
    public void For_Trying_AddsNoTagAndCopiesTimestamp()
    {
        SipRequest request = Invite().Add("Timestamp", "54").Build();

        SipResponse response = SipResponseBuilder.For(request, 100, "b1").Build();

        Assert.Null(response.ToTag);
        Assert.Equal("54", response.Headers["Timestamp"]);
    }

    [Fact]
    public void For_RequestInDialog_KeepsItsTag()
    {
        SipRequest request = Invite().To(new NameAddress(Bob).WithTag("old")).Build();

        Assert.Equal("old", SipResponseBuilder.For(request, 200, "new").Build().ToTag);
    }

    [Fact]
    public void ReplaceTopVia_CombinedLine_ChangesOnlyTheFirst()
    {
        SipRequest request = Invite().Remove("Via").Add("Via", "SIP/2.0/UDP a;rport;branch=z9hG4bKa, SIP/2.0/UDP b;branch=z9hG4bKb").Build();

        ViaHeader via = request.TopVia.WithSource(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 4000));
        SipRequest stored = request.ToBuilder().ReplaceTopVia(via).Build();

        Assert.Equal("192.0.2.1", stored.TopVia.Received);
        Assert.Equal(4000, stored.TopVia.Rport);
        Assert.Equal("b", stored.Vias[1].Host);
        Assert.Equal("b", stored.ToBuilder().RemoveTopVia().Build().TopVia.Host);
    }

    [Fact]
    public void PrependVia_ExistingVia_StandsFirst()
    {
        SipRequest request = Invite().PrependVia(new("TCP", "proxy", 5070, "z9hG4bK2")).Build();

        Assert.Equal(["proxy", "192.0.2.7"], request.Vias.Select(via => via.Host));
    }

    [Fact]
    public void CancelOf_RequestWithRoutes_HasOneViaAndSameRoutes()
    {
        SipRequest invite = Invite().Routes([new(SipUri.Parse("sip:p;lr"))]).Build();

        SipRequest cancel = SipRequestBuilder.CancelOf(invite).Build();

        Assert.Equal(new CSeqHeader(7, "CANCEL"), cancel.CSeq);
        Assert.Equal(invite.TopVia.Branch, Assert.Single(cancel.Vias).Branch);
        Assert.Single(cancel.Routes);
    }

    [Fact]
    public void AckOf_ErrorResponse_TakesToFromResponse()
    {
        SipRequest invite = Invite().Build();

        SipRequest ack = SipRequestBuilder.AckOf(invite, SipResponseBuilder.For(invite, 486, "b9").Build()).Build();

        Assert.Equal("b9", ack.ToTag);
        Assert.Equal(new CSeqHeader(7, "ACK"), ack.CSeq);
    }

    [Fact]
    public void WithoutBody_RequestWithBody_RemovesWhatDescribesIt()
    {
        SipRequest request = Invite().WithBody("v=0\r\n", MediaType.Sdp).Add("Content-Disposition", "session").WithoutBody().Build();

        Assert.EndsWith("Content-Length: 0\r\n\r\n", Encoding.UTF8.GetString(SipWriter.ToBytes(request)), StringComparison.Ordinal);
        Assert.False(request.Headers.Contains("c"));
        Assert.False(request.Headers.Contains("Content-Disposition"));
    }

    private static SipRequestBuilder Invite() => new SipRequestBuilder(SipMethods.Invite, Bob)
        .PrependVia(new("UDP", "192.0.2.7", 5060, "z9hG4bK1"))
        .From(new NameAddress(SipUri.Parse("sip:alice@atlanta.example.com"), "Alice \"A\"", SipParameters.Empty).WithTag("a1"))
        .To(new(Bob))
        .CallId("1@x")
        .CSeq(7, SipMethods.Invite);

    private static SipMessage Parse(ReadOnlySpan<byte> bytes) =>
        SipParser.TryParse(bytes, SipLimits.Default, out SipMessage? message, out SipParseError? error) ? message : throw new InvalidOperationException(error.Text);
}
