using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Sessions;

public sealed class BasicCallTests
{
    [Fact]
    public void PlaceCall_AnsweredAndHungUpByCaller_BothSidesHearEverythingOnce()
    {
        var stage = new Stage();
        var (caller, callerSink, callee, calleeSink) = stage.Connected();
        Assert.Equal("v=0\r\ns=offer\r\n", calleeSink.Single<SipSessionEvent.IncomingInvite>().Body?.Text);
        Assert.Equal("v=0\r\ns=answer\r\n", callerSink.Single<SipSessionEvent.Answered>().Body?.Text);
        Assert.Equal(caller.CallId, callee.CallId);

        Assert.Equal(SipOrder.Done, caller.Hangup("SIP;cause=200;text=\"done\""));
        stage.Wire.Pump();
        Assert.Equal(SipEndCause.LocalBye, callerSink.Single<SipSessionEvent.Terminated>().Cause);
        var end = calleeSink.Single<SipSessionEvent.Terminated>();
        Assert.Equal((SipEndCause.RemoteBye, "SIP;cause=200;text=\"done\""), (end.Cause, end.Reason));
        Assert.Equal(SipOrder.WrongState, caller.Hangup());
        Assert.Equal(SipOrder.WrongState, callee.SendReinvite(Stage.Offer));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Hangup_ByCallee_EndsBothSides()
    {
        var stage = new Stage();
        var (_, callerSink, callee, calleeSink) = stage.Connected();
        callee.Hangup();
        stage.Wire.Pump();
        Assert.Equal(SipEndCause.RemoteBye, callerSink.Single<SipSessionEvent.Terminated>().Cause);
        Assert.Equal(SipEndCause.LocalBye, calleeSink.Single<SipSessionEvent.Terminated>().Cause);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Ring_180And183_AreProgressWithBody()
    {
        var stage = new Stage();
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        var callee = stage.Bob.Calls[0].Call;
        callee.Ring();
        callee.Ring(183, Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal([180, 183], sink.Events.OfType<SipSessionEvent.Progress>().Select(p => p.Status));
        Assert.Equal("v=0\r\ns=answer\r\n", sink.Events.OfType<SipSessionEvent.Progress>().Last().Body?.Text);
        callee.Accept(Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal(1, sink.Count<SipSessionEvent.Answered>());
    }

    [Fact]
    public void Reject_WithRetryAfterAndHeaders_ReachesTheCaller()
    {
        var stage = new Stage();
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        Assert.Equal(SipOrder.Done, stage.Bob.Calls[0].Call.Reject(
            486, [new("Warning", "399 bob \"busy\"")], TimeSpan.FromSeconds(7)));
        stage.Wire.Pump();
        var refused = sink.Single<SipSessionEvent.Refused>();
        Assert.Equal((486, "Busy Here", TimeSpan.FromSeconds(7)), (refused.Status, refused.Reason, refused.RetryAfter));
        Assert.Equal("Refused Terminated", sink.Story);
        Assert.Equal((SipEndCause.RemoteReject, 486), (sink.Single<SipSessionEvent.Terminated>().Cause, sink.Single<SipSessionEvent.Terminated>().Status));
        Assert.Equal(SipEndCause.LocalReject, stage.Bob.Calls[0].Sink.Single<SipSessionEvent.Terminated>().Cause);
        Assert.Contains(stage.Wire.Log.OfType<SipResponse>(), r => r.Headers["Warning"] == "399 bob \"busy\"");
        stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_WithoutOffer_GetsTheOfferIn2xxAndAnswersInAck()
    {
        var stage = new Stage();
        var (caller, sink) = stage.Call(null);
        stage.Wire.Pump();
        var (callee, calleeSink) = stage.Bob.Calls[0];
        Assert.Null(calleeSink.Single<SipSessionEvent.IncomingInvite>().Body);
        callee.Accept(Stage.Offer);
        stage.Pass(0.6);
        Assert.DoesNotContain(stage.Wire.Log.OfType<SipRequest>(), r => r.Method == SipMethods.Ack);
        Assert.Equal("v=0\r\ns=offer\r\n", sink.Single<SipSessionEvent.Answered>().Body?.Text);
        Assert.Equal(SipOrder.Busy, caller.SendReinvite(Stage.Offer));
        Assert.Equal(SipOrder.Done, caller.AckWithBody(Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal("v=0\r\ns=answer\r\n", calleeSink.Single<SipSessionEvent.AckReceived>().Body?.Text);
        Assert.Equal(SipOrder.WrongState, caller.AckWithBody(Stage.Answer));
        caller.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void OnIncomingCall_HandlerGivesNoMailbox_Is503()
    {
        var stage = new Stage();
        stage.Bob.OnCall = _ => false;
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        Assert.Equal(503, sink.Single<SipSessionEvent.Refused>().Status);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void OnIncomingCall_HandlerRejectsItself_ItsStatusCounts()
    {
        var stage = new Stage();
        stage.Bob.OnCall = call => call.Reject(404) != SipOrder.Done;
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        Assert.Equal(404, sink.Single<SipSessionEvent.Refused>().Status);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Post_MailboxFullForTheInvite_Is503()
    {
        var stage = new Stage();
        stage.Bob.NewSink = () => new() { Takes = e => e is not SipSessionEvent.IncomingInvite };
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        Assert.Equal(503, sink.Single<SipSessionEvent.Refused>().Status);
        Assert.Equal(SipEndCause.Overload, stage.Bob.Calls[0].Sink.Single<SipSessionEvent.Terminated>().Cause);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Facts_OfAnIncomingCall_ComeFromTheInvite()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "call-1", "t1", "v=0\r\n")
            .From(new NameAddress(SipUri.Parse("sip:+491234@example.org"), "Carla", SipParameters.Empty).WithTag("t1"))
            .Add("P-Asserted-Identity", "<sip:+491234@example.org>, <tel:+491234>")
            .Add("User-Agent", "Phone 1.0")
            .Set("Contact", "<sip:peer@10.0.0.9:5070>;video;audio");
        stage.Peer.Send(stage.Bob, invite.Build());
        var call = stage.Bob.Calls[0].Call;
        Assert.Equal("Carla", call.RemoteIdentity?.DisplayName);
        Assert.Equal(2, call.PAssertedIdentity.Count);
        Assert.Equal("Phone 1.0", call.PeerProduct);
        Assert.True(call.PeerFeatures.Contains("video"));
        Assert.Equal(stage.Peer.EndPoint, call.Source);
        Assert.Equal("call-1", call.CallId);
        Assert.Equal(stage.Bob.Uri, call.RequestUri);
    }
}
