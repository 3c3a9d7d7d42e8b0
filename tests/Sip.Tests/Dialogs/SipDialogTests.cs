using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Tests.Dialogs;

public sealed class SipDialogTests
{
    private static SipRequest Invite(params string[] recordRoutes)
    {
        var builder = new SipRequestBuilder("INVITE", SipUri.Parse("sip:bob@example.org"))
            .PrependVia(new ViaHeader("UDP", "10.0.0.1", 5060, "z9hG4bK1"))
            .Set("From", "Alice <sip:alice@example.com>;tag=a")
            .Set("To", "<sip:bob@example.org>")
            .CallId("c1")
            .CSeq(7, "INVITE")
            .Set("Contact", "<sip:alice@10.0.0.1:5060>");
        foreach (var route in recordRoutes)
        {
            builder.Add("Record-Route", route);
        }

        return builder.Build();
    }

    [Fact]
    public void FromInvite_WithRecordRoutes_KeepsTheirOrder()
    {
        var dialog = SipDialog.FromInvite(Invite("<sip:p1;lr>", "<sip:p2;lr>"), "b", overTls: false)!;
        Assert.Equal(new DialogKey("c1", "b", "a"), dialog.Key);
        Assert.Equal("sip:p1;lr", dialog.NextHop.ToString());
        var (next, bye) = dialog.NextRequest("BYE");
        var request = bye.PrependVia(new ViaHeader("UDP", "10.0.0.2", 5060, "z9hG4bK2")).Build();
        Assert.Equal("sip:alice@10.0.0.1:5060", request.RequestUri.ToString());
        Assert.Equal(["sip:p1;lr", "sip:p2;lr"], request.Routes.Select(r => r.Uri.ToString()));
        Assert.Equal((1u, 1u), (request.CSeq.Number, next.LocalCSeq));
        Assert.Equal(("b", "a"), (request.FromTag, request.ToTag));
        Assert.Equal("Alice", request.To.DisplayName);
    }

    [Fact]
    public void FromInvite_WithoutContact_IsNone() =>
        Assert.Null(SipDialog.FromInvite(Invite().ToBuilder().Remove("Contact").Build(), "b", overTls: false));

    [Fact]
    public void FromResponse_WithRecordRoutes_ReversesThem()
    {
        var response = SipResponseBuilder.For(Invite("<sip:p1;lr>, <sip:p2;lr>"), 200, "b")
            .Set("Contact", "<sip:bob@10.0.0.2>").Build();
        var dialog = SipDialog.FromResponse(Invite(), response);
        Assert.True(dialog.OwnsCallId);
        Assert.Equal(["sip:p2;lr", "sip:p1;lr"], dialog.Routes.Select(r => r.Uri.ToString()));
        var ack = dialog.Ack(7).PrependVia(new ViaHeader("UDP", "10.0.0.1", 5060, "z9hG4bK3")).Build();
        Assert.Equal((7u, "ACK", "sip:bob@10.0.0.2"), (ack.CSeq.Number, ack.CSeq.Method, ack.RequestUri.ToString()));
        Assert.Equal(8u, dialog.NextRequest("BYE").Next.LocalCSeq);
    }

    [Fact]
    public void NextRequest_FirstRouteIsStrict_BecomesTheRequestUri()
    {
        var dialog = SipDialog.FromInvite(Invite("<sip:strict.example>", "<sip:p2;lr>"), "b", overTls: false)!;
        var request = dialog.NextRequest("BYE").Request.PrependVia(new ViaHeader("UDP", "10.0.0.2", 5060, "z9hG4bK2")).Build();
        Assert.Equal("sip:strict.example", request.RequestUri.ToString());
        Assert.Equal(["sip:p2;lr", "sip:alice@10.0.0.1:5060"], request.Routes.Select(r => r.Uri.ToString()));
        Assert.Equal("sip:strict.example", dialog.NextHop.ToString());
    }

    [Theory]
    [InlineData(6u, false)]
    [InlineData(7u, true)]
    [InlineData(8u, true)]
    [InlineData(100u, true)]
    public void TryAccept_AgainstTheLatest_RefusesLower(uint cseq, bool accepted)
    {
        var dialog = SipDialog.FromInvite(Invite(), "b", overTls: false)!;
        Assert.Equal(accepted, dialog.TryAccept(cseq, out var next));
        Assert.Equal(accepted ? cseq : 7u, next.RemoteCSeq);
    }

    [Fact]
    public void Key_PeerWithoutTag_IsEmptyTag()
    {
        var invite = Invite().ToBuilder().Set("From", "<sip:old@example.com>").Build();
        Assert.Equal("", SipDialog.FromInvite(invite, "b", overTls: false)!.Key.RemoteTag);
    }
}
