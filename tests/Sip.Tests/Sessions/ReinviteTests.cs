using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Sessions;

public sealed class ReinviteTests
{
    private static readonly SipBody Second = SipBody.Sdp("v=0\r\ns=second\r\n");

    /// <summary>A call that the scripted peer placed to Bob, up and acknowledged.</summary>
    private static (Stage Stage, SipRequest Invite, SipSession Call, RecordingSink Sink) FromPeer()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build();
        stage.Peer.Send(stage.Bob, invite);
        var (call, sink) = stage.Bob.Calls[0];
        call.Accept(Stage.Answer);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("ACK", stage.Bob, invite, call.LocalTag, 1).Build());
        stage.Peer.Heard.Clear();
        sink.Events.Clear();
        return (stage, invite, call, sink);
    }

    private static SipRequest Reinvite(Stage stage, SipRequest invite, SipSession call, uint cseq, string? sdp = "v=0\r\ns=re\r\n")
    {
        var builder = stage.Peer.InDialog("INVITE", stage.Bob, invite, call.LocalTag, cseq);
        return (sdp is null ? builder : builder.WithBody(sdp, MediaType.Sdp)).Build();
    }

    [Fact]
    public void SendReinvite_Answered_BothSidesHaveTheNewDescriptions()
    {
        var stage = new Stage();
        var (caller, callerSink, callee, calleeSink) = stage.Connected();
        Assert.Equal(SipOrder.Done, callee.SendReinvite(Second));
        Assert.Equal(SipOrder.Busy, callee.SendReinvite(Second));
        stage.Wire.Pump();
        var received = callerSink.Single<SipSessionEvent.ReinviteReceived>();
        Assert.Equal(("v=0\r\ns=second\r\n", false), (received.Body?.Text, received.IsUpdate));
        Assert.Equal(SipOrder.Busy, caller.SendReinvite(Second));
        Assert.Equal(SipOrder.Done, caller.AnswerReinvite(Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal("v=0\r\ns=answer\r\n", calleeSink.Single<SipSessionEvent.ReinviteAnswered>().Body?.Text);
        Assert.Equal(1, callerSink.Count<SipSessionEvent.AckReceived>());
        Assert.Equal(SipOrder.Done, caller.SendReinvite(Second));
        stage.Wire.Pump();
        callee.AnswerReinvite(Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal(1, callerSink.Count<SipSessionEvent.ReinviteAnswered>());
        caller.Hangup();
        stage.AssertNothingLeft();
    }

    [Theory]
    [InlineData(488)]
    [InlineData(415)]
    [InlineData(606)]
    [InlineData(500)]
    public void SendReinvite_Refused_LeavesTheCallUp(int status)
    {
        var stage = new Stage();
        var (caller, callerSink, callee, calleeSink) = stage.Connected();
        callee.SendReinvite(Second);
        stage.Wire.Pump();
        Assert.Equal(SipOrder.Done, caller.RejectReinvite(status, TimeSpan.FromSeconds(3)));
        stage.Wire.Pump();
        Assert.Equal(new SipSessionEvent.ReinviteRefused(status, TimeSpan.FromSeconds(3), false),
            calleeSink.Single<SipSessionEvent.ReinviteRefused>());
        Assert.False(callee.IsOver || caller.IsOver);
        Assert.Equal(0, callerSink.Count<SipSessionEvent.Terminated>());
        Assert.Equal(SipOrder.Done, caller.SendReinvite(Second));
        stage.Wire.Pump();
        callee.AnswerReinvite(Stage.Answer);
        stage.Wire.Pump();
        caller.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void SendReinvite_WithoutOffer_AsksThePeerForOne()
    {
        var stage = new Stage();
        var (caller, callerSink, callee, calleeSink) = stage.Connected();
        callee.SendReinvite(null);
        stage.Wire.Pump();
        Assert.Null(callerSink.Single<SipSessionEvent.ReinviteReceived>().Body);
        caller.AnswerReinvite(Second);
        stage.Wire.Pump();
        Assert.Equal("v=0\r\ns=second\r\n", calleeSink.Single<SipSessionEvent.ReinviteAnswered>().Body?.Text);
        Assert.Equal(0, callerSink.Count<SipSessionEvent.AckReceived>());
        Assert.Equal(SipOrder.Done, callee.AckWithBody(Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal("v=0\r\ns=answer\r\n", callerSink.Single<SipSessionEvent.AckReceived>().Body?.Text);
        callee.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void SendReinvite_BothAtOnce_Are491AndRetryAtDifferentTimes()
    {
        var stage = new Stage();
        var (caller, callerSink, callee, calleeSink) = stage.Connected();
        Assert.Equal(SipOrder.Done, caller.SendReinvite(Second));
        Assert.Equal(SipOrder.Done, callee.SendReinvite(Second));
        stage.Wire.Pump();
        Assert.Equal(new SipSessionEvent.ReinviteRefused(491, null, true), callerSink.Single<SipSessionEvent.ReinviteRefused>());
        Assert.Equal(new SipSessionEvent.ReinviteRefused(491, null, true), calleeSink.Single<SipSessionEvent.ReinviteRefused>());
        Assert.Equal(SipOrder.Busy, callee.SendReinvite(Second));
        stage.Pass(2.05);
        Assert.Equal((0, 1), (callerSink.Count<SipSessionEvent.ReinviteRetryDue>(), calleeSink.Count<SipSessionEvent.ReinviteRetryDue>()));
        Assert.Equal(SipOrder.Done, callee.SendReinvite(Second));
        stage.Wire.Pump();
        Assert.Equal(SipOrder.Done, caller.AnswerReinvite(Stage.Answer));
        stage.Pass(2);
        Assert.Equal(1, callerSink.Count<SipSessionEvent.ReinviteRetryDue>());
        Assert.Equal(1, calleeSink.Count<SipSessionEvent.ReinviteAnswered>());
        caller.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void RetryDue_WhileThePeersReinviteWaits_ComesOnlyAfterIt()
    {
        var (stage, invite, call, sink) = FromPeer();
        call.SendReinvite(Second);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(stage.Peer.Request("INVITE"), 491, "t"));
        stage.Peer.Send(stage.Bob, Reinvite(stage, invite, call, 2));
        stage.Pass(5);
        Assert.Equal(0, sink.Count<SipSessionEvent.ReinviteRetryDue>());
        call.AnswerReinvite(Stage.Answer);
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("ACK", stage.Bob, invite, call.LocalTag, 2).Build());
        stage.Pass(2.1);
        Assert.Equal(1, sink.Count<SipSessionEvent.ReinviteRetryDue>());
        call.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Reinvite_OverlappingTheirOwn_Is500WithRetryAfter()
    {
        var (stage, invite, call, sink) = FromPeer();
        stage.Peer.Send(stage.Bob, Reinvite(stage, invite, call, 2));
        stage.Peer.Send(stage.Bob, Reinvite(stage, invite, call, 3));
        var refusal = stage.Peer.Response("INVITE");
        Assert.Equal((500, 3u), (refusal.StatusCode, refusal.CSeq.Number));
        Assert.InRange(refusal.RetryAfter!.Seconds, 0, 10);
        Assert.Equal(1, sink.Count<SipSessionEvent.ReinviteReceived>());
        call.AnswerReinvite(Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal((200, 2u), (stage.Peer.Response("INVITE").StatusCode, stage.Peer.Response("INVITE").CSeq.Number));
        call.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Reinvite_WithLowerCSeq_Is500()
    {
        var (stage, invite, call, _) = FromPeer();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("OPTIONS", stage.Bob, invite, call.LocalTag, 9).Build());
        stage.Peer.Send(stage.Bob, Reinvite(stage, invite, call, 8));
        Assert.Equal("500", stage.Peer.Statuses("INVITE"));
        Assert.Equal("200", stage.Peer.Statuses("OPTIONS"));
    }

    [Theory]
    [InlineData(481)]
    [InlineData(408)]
    public void SendReinvite_DialogGone_EndsWithBye(int status)
    {
        var (stage, _, call, sink) = FromPeer();
        call.SendReinvite(Second);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(stage.Peer.Request("INVITE"), status, "t"));
        Assert.Equal("ReinviteRefused Terminated", sink.Story);
        Assert.Equal((SipEndCause.DialogGone, status), (sink.Single<SipSessionEvent.Terminated>().Cause, sink.Single<SipSessionEvent.Terminated>().Status));
        Assert.Equal(1, stage.Peer.Requests("BYE"));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void SendReinvite_NoAnswer_EndsWithByeAfter64T1()
    {
        var (stage, _, call, sink) = FromPeer();
        call.SendReinvite(Second);
        stage.Pass(31.9);
        Assert.Empty(sink.Events);
        stage.Pass(0.2);
        Assert.Equal("ReinviteRefused Terminated", sink.Story);
        Assert.True(stage.Peer.Requests("BYE") >= 1);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void SendReinvite_TransportDies_LeavesTheCallToItsOwner()
    {
        var (stage, _, call, sink) = FromPeer();
        stage.Wire.Dead.Add(stage.Peer.EndPoint);
        call.SendReinvite(Second);
        Assert.Equal(503, sink.Single<SipSessionEvent.ReinviteRefused>().Status);
        call.Hangup();
        Assert.Equal(0, stage.Bob.Agent.ActiveSessions);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Bye_FromThePeerWhileOurReinviteIsPending_EndsBothTransactions()
    {
        var (stage, invite, call, sink) = FromPeer();
        call.SendReinvite(Second);
        stage.Wire.Pump();
        var ours = stage.Peer.Request("INVITE");
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(ours, 100, "t"));
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("BYE", stage.Bob, invite, call.LocalTag, 2).Build());
        Assert.Equal("200", stage.Peer.Statuses("BYE"));
        Assert.Equal("Terminated", sink.Story);
        stage.AssertNothingLeft(); // although the peer never answers our re-INVITE
    }

    [Fact]
    public void Bye_ThenLateSuccessToOurReinvite_IsStillAcknowledged()
    {
        var (stage, invite, call, sink) = FromPeer();
        call.SendReinvite(Second);
        stage.Wire.Pump();
        var ours = stage.Peer.Request("INVITE");
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("BYE", stage.Bob, invite, call.LocalTag, 2).Build());
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(ours, 200, "t", "v=0\r\n"));
        Assert.Equal(1, stage.Peer.Requests("ACK"));
        Assert.Equal("Terminated", sink.Story);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Bye_FromThePeerWhileItsReinviteWaits_Gets487()
    {
        var (stage, invite, call, sink) = FromPeer();
        stage.Peer.Send(stage.Bob, Reinvite(stage, invite, call, 2));
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("BYE", stage.Bob, invite, call.LocalTag, 3).Build());
        Assert.Equal(("487", "200"), (stage.Peer.Statuses("INVITE"), stage.Peer.Statuses("BYE")));
        Assert.Equal(SipOrder.WrongState, call.AnswerReinvite(Stage.Answer));
        Assert.Equal("ReinviteReceived Terminated", sink.Story);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Cancel_OfTheirReinvite_Gives487AndTheCallStays()
    {
        var (stage, invite, call, sink) = FromPeer();
        var reinvite = Reinvite(stage, invite, call, 2);
        stage.Peer.Send(stage.Bob, reinvite);
        stage.Peer.Send(stage.Bob, SipRequestBuilder.CancelOf(reinvite).Build());
        Assert.Equal(("487", "200"), (stage.Peer.Statuses("INVITE"), stage.Peer.Statuses("CANCEL")));
        Assert.Equal("ReinviteReceived ReinviteCanceled", sink.Story);
        Assert.Equal(SipOrder.Done, call.SendReinvite(Second));
    }

    [Fact]
    public void CancelReinvite_OfOurs_ComesBackAs487()
    {
        var (stage, _, call, sink) = FromPeer();
        call.SendReinvite(Second);
        stage.Wire.Pump();
        var ours = stage.Peer.Request("INVITE");
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(ours, 180, "t"));
        Assert.Equal(SipOrder.Done, call.CancelReinvite());
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(stage.Peer.Request("CANCEL"), 200, "t"));
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(ours, 487, "t"));
        Assert.Equal(487, sink.Single<SipSessionEvent.ReinviteRefused>().Status);
        Assert.False(call.IsOver);
        call.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Reinvite_BeforeTheAckOfOurSuccess_StandsForTheAck()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build();
        stage.Peer.Send(stage.Bob, invite);
        var (call, sink) = stage.Bob.Calls[0];
        call.Accept(Stage.Answer);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, Reinvite(stage, invite, call, 2));
        Assert.Equal("IncomingInvite AckReceived ReinviteReceived", sink.Story);
        Assert.Null(sink.Single<SipSessionEvent.AckReceived>().Body);
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("ACK", stage.Bob, invite, call.LocalTag, 1).Build());
        Assert.Equal(1, sink.Count<SipSessionEvent.AckReceived>());
    }

    [Fact]
    public void Reinvite_AckNeverComes_EndsWithBye()
    {
        var (stage, invite, call, sink) = FromPeer();
        stage.Peer.Send(stage.Bob, Reinvite(stage, invite, call, 2));
        call.AnswerReinvite(Stage.Answer);
        stage.Pass(32.1);
        Assert.Equal("ReinviteReceived AckTimedOut Terminated", sink.Story);
        Assert.Equal(1, stage.Peer.Requests("BYE"));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Reinvite_MailboxFull_Is503AndTheCallStays()
    {
        var (stage, invite, call, sink) = FromPeer();
        sink.Takes = e => e is not SipSessionEvent.ReinviteReceived;
        stage.Peer.Send(stage.Bob, Reinvite(stage, invite, call, 2));
        Assert.Equal("503", stage.Peer.Statuses("INVITE"));
        Assert.False(call.IsOver);
    }

    [Fact]
    public void Reinvite_WithForeignBody_Is415WithAccept()
    {
        var (stage, invite, call, _) = FromPeer();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("INVITE", stage.Bob, invite, call.LocalTag, 2)
            .WithBody("x", new("text", "plain", SipParameters.Empty)).Build());
        Assert.Equal("415", stage.Peer.Statuses("INVITE"));
        Assert.Equal("application/sdp", stage.Peer.Response("INVITE").Headers["Accept"]);
    }

    [Fact]
    public void Reinvite_WithNewContact_MovesTheTarget()
    {
        var (stage, invite, call, _) = FromPeer();
        var other = new ScriptedPeer(stage.Wire, "10.0.0.10:5080");
        var moved = Reinvite(stage, invite, call, 2).ToBuilder().Contact(new NameAddress(other.Uri)).Build();
        stage.Peer.Send(stage.Bob, moved);
        call.AnswerReinvite(Stage.Answer);
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("ACK", stage.Bob, invite, call.LocalTag, 2).Build());
        call.Hangup();
        stage.Wire.Pump();
        Assert.Equal(other.Uri, other.Request("BYE").RequestUri);
        Assert.Equal(0, stage.Peer.Requests("BYE"));
    }

    [Fact]
    public void Update_WithOffer_IsAnsweredWithoutAck()
    {
        var (stage, invite, call, sink) = FromPeer();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("UPDATE", stage.Bob, invite, call.LocalTag, 2)
            .WithBody("v=0\r\ns=up\r\n", MediaType.Sdp).Build());
        Assert.True(sink.Single<SipSessionEvent.ReinviteReceived>().IsUpdate);
        Assert.Equal(SipOrder.Done, call.AnswerReinvite(Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal("v=0\r\ns=answer\r\n", stage.Peer.Response("UPDATE").BodyText);
        Assert.NotNull(stage.Peer.Response("UPDATE").Contact);
        Assert.Equal(SipOrder.Done, call.SendReinvite(Second));
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("UPDATE", stage.Bob, invite, call.LocalTag, 3)
            .WithBody("v=0\r\n", MediaType.Sdp).Build());
        Assert.Equal(491, stage.Peer.Response("UPDATE").StatusCode);
        call.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Update_WithoutBody_Is200AtOnce()
    {
        var (stage, invite, call, sink) = FromPeer();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("UPDATE", stage.Bob, invite, call.LocalTag, 2).Build());
        Assert.Equal("200", stage.Peer.Statuses("UPDATE"));
        Assert.Empty(sink.Events);
    }

    [Fact]
    public void Info_WithBody_IsAnEventAnd200()
    {
        var (stage, invite, call, sink) = FromPeer();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("INFO", stage.Bob, invite, call.LocalTag, 2)
            .WithBody("<media_control/>", MediaType.MediaControl).Build());
        var info = sink.Single<SipSessionEvent.InfoReceived>();
        Assert.Equal("application/media_control+xml", info.ContentType);
        Assert.Equal("<media_control/>"u8.ToArray(), info.Body.ToArray());
        Assert.Equal("200", stage.Peer.Statuses("INFO"));
        call.SendInfo(new(MediaType.MediaControl, "<a/>"u8.ToArray()));
        stage.Wire.Pump();
        Assert.Equal("<a/>", stage.Peer.Request("INFO").BodyText);
    }

    [Fact]
    public void Info_BodyThatNobodyReads_Is415AndSaysWhatIsRead()
    {
        var (stage, invite, call, sink) = FromPeer();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("INFO", stage.Bob, invite, call.LocalTag, 2)
            .WithBody("hello", new MediaType("text", "plain", SipParameters.Empty)).Build());
        Assert.Equal("415", stage.Peer.Statuses("INFO"));
        Assert.Equal("application/media_control+xml", stage.Peer.Response("INFO").Headers["Accept"]);
        Assert.Empty(sink.Events);
    }

    [Fact]
    public void Info_OfAPackage_Is469AndOffersNone()
    {
        var (stage, invite, call, sink) = FromPeer();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("INFO", stage.Bob, invite, call.LocalTag, 2)
            .Set("Info-Package", "wings").Build());
        Assert.Equal("469", stage.Peer.Statuses("INFO"));
        Assert.Equal("", stage.Peer.Response("INFO").Headers["Recv-Info"]);
        Assert.Empty(sink.Events);
    }
}
