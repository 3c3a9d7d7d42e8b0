using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Sessions;

public sealed class CancelTests
{
    [Fact]
    public void Cancel_WhileRinging_Ends487AndBothSidesKnow()
    {
        var stage = new Stage();
        var (call, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        var (callee, calleeSink) = stage.Bob.Calls[0];
        callee.Ring();
        stage.Wire.Pump();
        Assert.Equal(SipOrder.Done, call.Cancel());
        stage.Wire.Pump();
        Assert.Equal("Progress Terminated", sink.Story);
        Assert.Equal(SipEndCause.LocalCancel, sink.Single<SipSessionEvent.Terminated>().Cause);
        Assert.Equal("IncomingInvite Canceled Terminated", calleeSink.Story);
        Assert.Equal(SipEndCause.RemoteCancel, calleeSink.Single<SipSessionEvent.Terminated>().Cause);
        Assert.Equal(SipOrder.WrongState, callee.Accept(Stage.Answer));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Cancel_BeforeAnyResponse_WaitsForTheFirstOne()
    {
        var stage = new Stage();
        var (call, _) = stage.Call(Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        call.Cancel();
        stage.Pass(0.4);
        Assert.Equal(0, stage.Peer.Requests("CANCEL"));
        var invite = stage.Peer.Request("INVITE");
        stage.Peer.Send(stage.Alice, SipResponseBuilder.For(invite, 100).Build());
        var cancel = stage.Peer.Request("CANCEL");
        Assert.Equal(invite.TopVia.Branch, cancel.TopVia.Branch);
        Assert.Equal(invite.CSeq.Number, cancel.CSeq.Number);
        Assert.Equal(invite.RequestUri, cancel.RequestUri);
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(cancel, 200, "x"));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 487, "x"));
        Assert.Equal(1, stage.Peer.Requests("ACK"));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Cancel_CrossedBySuccess_IsAcknowledgedAndEndedByBye()
    {
        var stage = new Stage();
        var (call, sink) = stage.Call(Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        var invite = stage.Peer.Request("INVITE");
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 180, "x"));
        call.Cancel();
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 200, "x", "v=0\r\n"));
        Assert.Equal(1, stage.Peer.Requests("ACK"));
        var bye = stage.Peer.Request("BYE");
        Assert.Equal(2u, bye.CSeq.Number);
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(bye, 200, "x"));
        Assert.Equal("Progress Terminated", sink.Story);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Cancel_PeerNeverEndsTheInvite_GivesUpAfter64T1()
    {
        var stage = new Stage();
        var (call, _) = stage.Call(Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(stage.Peer.Request("INVITE"), 180, "x"));
        call.Cancel();
        stage.Pass(31.5);
        Assert.Equal(1, stage.Alice.Agent.ActiveSessions);
        stage.Pass(1);
        Assert.Equal(0, stage.Alice.Agent.ActiveSessions);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void NoAnswerTimeout_PeerRingsForEver_CancelsWith408()
    {
        var stage = new Stage(options => options with { NoAnswerTimeout = TimeSpan.FromSeconds(20) });
        var (_, sink) = stage.Call(Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(stage.Peer.Request("INVITE"), 180, "x"));
        stage.Pass(21);
        Assert.Equal("Progress Refused Terminated", sink.Story);
        Assert.Equal(408, sink.Single<SipSessionEvent.Refused>().Status);
        Assert.True(stage.Peer.Requests("CANCEL") >= 1);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Cancel_UnknownInvite_Is481()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build();
        stage.Peer.Send(stage.Bob, SipRequestBuilder.CancelOf(invite).Build());
        Assert.Equal("481", stage.Peer.Statuses("CANCEL"));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Cancel_AfterTheAnswer_Is200WithoutEffect()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build();
        stage.Peer.Send(stage.Bob, invite);
        var (call, sink) = stage.Bob.Calls[0];
        call.Accept(Stage.Answer);
        stage.Peer.Send(stage.Bob, SipRequestBuilder.CancelOf(invite).Build());
        Assert.Equal("200", stage.Peer.Statuses("CANCEL"));
        Assert.Equal("IncomingInvite", sink.Story);
        Assert.False(call.IsOver);
    }

    [Fact]
    public void Cancel_OfARingingInvite_Answers200Then487WithOneTag()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build();
        stage.Peer.Send(stage.Bob, invite);
        stage.Bob.Calls[0].Call.Ring();
        stage.Peer.Send(stage.Bob, SipRequestBuilder.CancelOf(invite).Add("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"").Build());
        Assert.Equal("180 487", stage.Peer.Statuses("INVITE"));
        Assert.Equal(stage.Peer.Response("INVITE").ToTag, stage.Peer.Response("CANCEL").ToTag);
        Assert.Contains("elsewhere", stage.Bob.Calls[0].Sink.Single<SipSessionEvent.Terminated>().Reason, StringComparison.Ordinal);
        stage.AssertNothingLeft();
    }
}
