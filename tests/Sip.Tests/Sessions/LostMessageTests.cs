using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Sessions;

public sealed class LostMessageTests
{
    [Fact]
    public void Invite_LostTwice_IsRepeatedAfterT1AndTwiceT1()
    {
        var stage = new Stage();
        var lost = 2;
        stage.Wire.Lose = m => m is SipRequest { Method: SipMethods.Invite } && lost-- > 0;
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Pass(0.49);
        Assert.Single(stage.Wire.Log);
        stage.Pass(0.02);
        Assert.Equal(2, stage.Wire.Log.Count);
        stage.Pass(0.97);
        Assert.Equal(2, stage.Wire.Log.Count);
        stage.Pass(0.05);
        Assert.Single(stage.Bob.Calls);
        stage.Bob.Calls[0].Call.Accept(Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal("Answered", sink.Story);
    }

    [Fact]
    public void Invite_Duplicated_MakesOneCall()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build();
        stage.Peer.Send(stage.Bob, invite);
        stage.Peer.Send(stage.Bob, invite);
        Assert.Single(stage.Bob.Calls);
        Assert.Equal("100", stage.Peer.Statuses("INVITE"));
        stage.Bob.Calls[0].Call.Ring();
        stage.Peer.Send(stage.Bob, invite);
        Assert.Equal("100 180 180", stage.Peer.Statuses("INVITE"));
    }

    [Fact]
    public void Trying_UserSilent_GoesOutAfter200Ms()
    {
        var stage = new Stage();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build());
        stage.Pass(0.19);
        Assert.Empty(stage.Peer.Heard);
        stage.Pass(0.02);
        Assert.Equal("100", stage.Peer.Statuses("INVITE"));
        Assert.Null(stage.Peer.Response("INVITE").ToTag);
    }

    [Fact]
    public void Trying_DelayZero_GoesOutAtOnce()
    {
        var stage = new Stage(options => options with { Timers = options.Timers with { TryingDelay = TimeSpan.Zero } });
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build());
        Assert.Equal("100", stage.Peer.Statuses("INVITE"));
    }

    [Fact]
    public void Success_Lost_IsRepeatedUntilTheAck()
    {
        var stage = new Stage();
        var lost = 3;
        stage.Wire.Lose = m => m is SipResponse { StatusCode: 200 } && lost-- > 0;
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        stage.Bob.Calls[0].Call.Accept(Stage.Answer);
        stage.Pass(0.5 + 1 + 2 - 0.05);
        Assert.Empty(sink.Events);
        stage.Pass(0.1);
        Assert.Equal("Answered", sink.Story);
        Assert.Equal(1, stage.Bob.Calls[0].Sink.Count<SipSessionEvent.AckReceived>());
        var sent = stage.Wire.Log.OfType<SipResponse>().Count(r => r.StatusCode == 200);
        stage.Pass(40);
        Assert.Equal(sent, stage.Wire.Log.OfType<SipResponse>().Count(r => r.StatusCode == 200));
    }

    [Fact]
    public void Ack_Lost_IsSentAgainForEveryRepeatedSuccess()
    {
        var stage = new Stage();
        var lost = 3;
        stage.Wire.Lose = m => m is SipRequest { Method: SipMethods.Ack } && lost-- > 0;
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        stage.Bob.Calls[0].Call.Accept(Stage.Answer);
        stage.Pass(5);
        Assert.Equal("Answered", sink.Story);
        Assert.Equal("IncomingInvite AckReceived", stage.Bob.Calls[0].Sink.Story);
        Assert.Equal(4, stage.Wire.Log.OfType<SipRequest>().Count(r => r.Method == SipMethods.Ack));
    }

    [Fact]
    public void Ack_NeverComes_EndsWithByeAfter64T1()
    {
        var stage = new Stage();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build());
        var (call, sink) = stage.Bob.Calls[0];
        call.Accept(Stage.Answer);
        stage.Pass(31.9);
        Assert.Equal("IncomingInvite", sink.Story);
        Assert.Equal(0, stage.Peer.Requests("BYE"));
        stage.Pass(0.2);
        Assert.Equal("IncomingInvite AckTimedOut Terminated", sink.Story);
        Assert.Equal(SipEndCause.AckTimeout, sink.Single<SipSessionEvent.Terminated>().Cause);
        Assert.Equal(1, stage.Peer.Requests("BYE"));
        // T1, 2*T1, 4*T1, then every T2: 0.5 1.5 3.5 7.5 11.5 ... 31.5, and the first one.
        Assert.Equal(11, stage.Peer.Heard.OfType<SipResponse>().Count(r => r.StatusCode == 200));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Hangup_BeforeTheAck_SendsByeOnlyAfterIt()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build();
        stage.Peer.Send(stage.Bob, invite);
        var (call, sink) = stage.Bob.Calls[0];
        call.Accept(Stage.Answer);
        call.Hangup("Q.850;cause=16");
        stage.Pass(1);
        Assert.Equal("IncomingInvite Terminated", sink.Story);
        Assert.Equal(0, stage.Peer.Requests("BYE"));
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("ACK", stage.Bob, invite, call.LocalTag, 1).Build());
        Assert.Equal("Q.850;cause=16", stage.Peer.Request("BYE").Headers["Reason"]);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Bye_Lost_IsRepeatedAndAnsweredOnce()
    {
        var stage = new Stage();
        var (caller, _, _, calleeSink) = stage.Connected();
        var lost = 2;
        stage.Wire.Lose = m => m is SipRequest { Method: SipMethods.Bye } && lost-- > 0;
        caller.Hangup();
        stage.Pass(1.4);
        Assert.Equal(0, calleeSink.Count<SipSessionEvent.Terminated>());
        stage.Pass(0.2);
        Assert.Equal(1, calleeSink.Count<SipSessionEvent.Terminated>());
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Bye_NeverAnswered_LeavesNothingBehind()
    {
        var stage = new Stage();
        var (caller, callerSink, callee, _) = stage.Connected();
        stage.Wire.Lose = m => m is SipRequest { Method: SipMethods.Bye };
        caller.Hangup();
        stage.Pass(40);
        Assert.Equal(1, callerSink.Count<SipSessionEvent.Terminated>());
        Assert.Equal((0, 0), (stage.Alice.Agent.ActiveSessions, stage.Alice.Agent.ActiveDialogs));
        stage.Wire.Lose = _ => false;
        callee.Hangup();
        stage.Pass(1);
        Assert.Contains(stage.Wire.Log.OfType<SipResponse>(), r => r.StatusCode == 481);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Invite_NoAnswerAtAll_Is408After64T1()
    {
        var stage = new Stage();
        var (_, sink) = stage.Call(Stage.Offer, SipUri.Parse("sip:nobody@10.0.0.77"));
        stage.Pass(31.9);
        Assert.Empty(sink.Events);
        stage.Pass(0.2);
        Assert.Equal("Refused Terminated", sink.Story);
        Assert.Equal((408, SipEndCause.Timeout), (sink.Single<SipSessionEvent.Refused>().Status, sink.Single<SipSessionEvent.Terminated>().Cause));
        Assert.Equal(7, stage.Wire.Log.Count); // 0 0.5 1.5 3.5 7.5 15.5 31.5 s
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Invite_TransportDead_Is503AtOnce()
    {
        var stage = new Stage();
        stage.Wire.Dead.Add(stage.Bob.EndPoint);
        var (_, sink) = stage.Call(Stage.Offer);
        Assert.Equal("Refused Terminated", sink.Story);
        Assert.Equal((503, SipEndCause.Transport), (sink.Single<SipSessionEvent.Refused>().Status, sink.Single<SipSessionEvent.Terminated>().Cause));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Invite_ProtocolWithoutListeningPoint_Is503()
    {
        var stage = new Stage();
        var (_, sink) = stage.Call(Stage.Offer, SipUri.Parse("sip:bob@10.0.0.2;transport=tcp"));
        Assert.Equal(503, sink.Single<SipSessionEvent.Refused>().Status);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Failure_AckLost_IsRepeatedUntilTheAck()
    {
        var stage = new Stage();
        var lost = 2;
        stage.Wire.Lose = m => m is SipRequest { Method: SipMethods.Ack } && lost-- > 0;
        var (_, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        stage.Bob.Calls[0].Call.Reject(486);
        stage.Pass(10);
        Assert.Equal(1, sink.Count<SipSessionEvent.Refused>());
        Assert.Equal(3, stage.Wire.Log.OfType<SipResponse>().Count(r => r.StatusCode == 486));
        Assert.Equal(3, stage.Wire.Log.OfType<SipRequest>().Count(r => r.Method == SipMethods.Ack));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Ring_ForMinutes_IsRepeatedEveryMinuteAndEndsWith408()
    {
        var stage = new Stage();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build());
        var (call, sink) = stage.Bob.Calls[0];
        call.Ring();
        stage.Pass(125, stepMs: 100);
        Assert.Equal("180 180 180", stage.Peer.Statuses("INVITE"));
        stage.Pass(60, stepMs: 100);
        Assert.EndsWith("180 408", string.Join(' ', stage.Peer.Statuses("INVITE").Split(' ').Take(4)), StringComparison.Ordinal);
        Assert.Equal(SipEndCause.Timeout, sink.Single<SipSessionEvent.Terminated>().Cause);
        stage.AssertNothingLeft();
    }
}
