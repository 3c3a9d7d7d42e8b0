using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Sip.Tests.UserAgent;

public sealed class RequestGateTests
{
    private static SipResponse Ask(Stage stage, string method, Func<SipRequestBuilder, SipRequestBuilder> change)
    {
        var request = change(stage.Peer.Start(method, stage.Bob.Uri, 1)
            .From(new NameAddress(stage.Peer.Uri).WithTag("t"))
            .To(new NameAddress(stage.Bob.Uri))
            .CallId("c")
            .Contact(new NameAddress(stage.Peer.Uri))).Build();
        stage.Peer.Send(stage.Bob, request);
        return stage.Peer.Response(method);
    }

    [Theory]
    [InlineData("REGISTER", 405)]
    [InlineData("SUBSCRIBE", 405)]
    [InlineData("REFER", 405)]
    [InlineData("MESSAGE", 405)]
    [InlineData("PUBLISH", 405)]
    [InlineData("JUGGLE", 501)]
    [InlineData("NOTIFY", 481)]
    [InlineData("BYE", 481)]
    [InlineData("INFO", 481)]
    [InlineData("UPDATE", 481)]
    [InlineData("PRACK", 481)]
    public void Request_OutsideADialog_GetsItsStatus(string method, int status)
    {
        var stage = new Stage();
        var response = Ask(stage, method, b => b);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status is 405 or 501, response.Allow.Contains("INVITE"));
        Assert.NotNull(response.ToTag);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Invite_RequiringUnknownExtensions_Is420WithUnsupported()
    {
        var response = Ask(new(), "INVITE", b => b.Add("Require", "gruu, wings"));
        Assert.Equal(420, response.StatusCode);
        Assert.Equal(["gruu", "wings"], response.Unsupported);
    }

    [Fact]
    public void Invite_RequiringAKnownExtension_Passes()
    {
        var stage = new Stage(options => options with { Supported = ["timer"] });
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Add("Require", "timer").Build());
        stage.Bob.Calls[0].Call.Accept(Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal(["timer"], stage.Peer.Response("INVITE").Supported);
    }

    [Fact]
    public void Invite_WithForeignBody_Is415WithAccept()
    {
        var response = Ask(new(), "INVITE", b => b.WithBody("x", new("text", "plain", SipParameters.Empty)));
        Assert.Equal((415, "application/sdp"), (response.StatusCode, response.Headers["Accept"]));
    }

    [Fact]
    public void Invite_WithEncodedBody_Is415() =>
        Assert.Equal(415, Ask(new(), "INVITE", b => b.WithBody("x", MediaType.Sdp).Add("Content-Encoding", "gzip")).StatusCode);

    [Fact]
    public void Invite_WithoutContact_Is400() =>
        Assert.Equal(400, Ask(new(), "INVITE", b => b.Remove("Contact")).StatusCode);

    [Fact]
    public void Invite_WithToTagOfNoDialog_Is481() =>
        Assert.Equal(481, Ask(new(), "INVITE", b => b.To(new NameAddress(SipUri.Parse("sip:x@10.0.0.2")).WithTag("gone"))).StatusCode);

    [Fact]
    public void Invite_TheSameOverAnotherWay_Is482()
    {
        var stage = new Stage();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build());
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build());
        Assert.Equal("482", stage.Peer.Statuses("INVITE"));
        Assert.Single(stage.Bob.Calls);
        stage.Bob.Calls[0].Call.Reject(486);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Options_OutsideADialog_SaysWhatWeCan()
    {
        var stage = new Stage();
        var response = Ask(stage, "OPTIONS", b => b);
        Assert.Equal(200, response.StatusCode);
        Assert.Contains("UPDATE", response.Allow);
        Assert.Equal("application/sdp", response.Headers["Accept"]);
        Assert.Equal("v=0\r\n", response.BodyText);
        Assert.EndsWith(">;audio;video", response.Headers["Contact"], StringComparison.Ordinal); // RFC 3840 §6: the features of this place.
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Drain_NewInvitesAndOptions_Are503AndRunningCallsStay()
    {
        var stage = new Stage();
        var (caller, _, callee, _) = stage.Connected();
        stage.Bob.Agent.Drain();
        Assert.Equal((503, 10), (Ask(stage, "OPTIONS", b => b).StatusCode, stage.Peer.Response("OPTIONS").RetryAfter?.Seconds));
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "d", "t", "v=0\r\n").Build());
        Assert.Equal((503, 10), (stage.Peer.Response("INVITE").StatusCode, stage.Peer.Response("INVITE").RetryAfter?.Seconds));
        Assert.Equal(SipOrder.Done, callee.SendReinvite(Stage.Offer));
        stage.Wire.Pump();
        Assert.Equal(SipOrder.Done, caller.AnswerReinvite(Stage.Answer));
        stage.Wire.Pump();
        stage.Bob.Agent.Resume();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "e", "t", "v=0\r\n").Build());
        Assert.Equal(2, stage.Bob.Calls.Count);
        caller.Hangup();
        stage.Bob.Calls[1].Call.Reject(486);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Garbage_OfAllKinds_IsCountedAndAnsweredWherePossible()
    {
        var stage = new Stage();
        stage.Peer.SendText(stage.Bob, "not sip at all\r\n\r\n");
        stage.Peer.SendText(stage.Bob, "\r\n\r\n");
        stage.Peer.SendText(stage.Bob, "INVITE sip:x@y SIP/3.0\r\nVia: SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bKv\r\nFrom: <sip:a@b>;tag=1\r\n"
            + "To: <sip:x@y>\r\nCall-ID: v\r\nCSeq: 1 INVITE\r\n\r\n");
        stage.Peer.SendText(stage.Bob, "INVITE sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bKw\r\nFrom: <sip:a@b>;tag=1\r\n"
            + "To: <sip:x@y>\r\nCall-ID: v\r\nCSeq: 1 BYE\r\n\r\n");
        Assert.Equal(3, stage.Bob.Agent.DroppedMessages);
        Assert.Equal([505, 400], stage.Peer.Heard.OfType<SipResponse>().Select(r => r.StatusCode));
        Assert.Empty(stage.Bob.Calls);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Request_WithoutBranchCookie_IsHandledAndItsRepeatRecognised()
    {
        var stage = new Stage();
        var old = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Set("Via", "SIP/2.0/UDP 10.0.0.9:5070").Build();
        stage.Peer.Send(stage.Bob, old);
        stage.Peer.Send(stage.Bob, old);
        Assert.Single(stage.Bob.Calls);
        stage.Bob.Calls[0].Call.Reject(486);
        stage.Wire.Pump();
        Assert.Equal(486, stage.Peer.Response("INVITE").StatusCode);
    }

    [Fact]
    public void HandlerThrows_Call_Is503AndTheStackLives()
    {
        var stage = new Stage();
        stage.Bob.OnCall = _ => throw new InvalidOperationException();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build());
        Assert.Equal("503", stage.Peer.Statuses("INVITE"));
        Assert.Equal(200, Ask(stage, "OPTIONS", b => b).StatusCode);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void MailboxThrows_Call_Is503AndTheStackLives()
    {
        var stage = new Stage();
        stage.Bob.NewSink = () => new() { Takes = _ => throw new InvalidOperationException() };
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build());
        Assert.Equal("503", stage.Peer.Statuses("INVITE"));
        Assert.Equal(200, Ask(stage, "OPTIONS", b => b).StatusCode);
        stage.AssertNothingLeft();
    }
}
