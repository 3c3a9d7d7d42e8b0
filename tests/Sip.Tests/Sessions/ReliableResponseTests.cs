using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Sessions;

/// <summary>Reliable provisional responses, RFC 3262, and UPDATE before the answer, RFC 3311.</summary>
public sealed class ReliableResponseTests
{
    private static (Stage Stage, SipRequest Invite, SipSession Call, RecordingSink Sink) FromPeer(string header, string value, string? sdp = "v=0\r\n")
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", sdp).Set(header, value).Build();
        stage.Peer.Send(stage.Bob, invite);
        var (call, sink) = stage.Bob.Calls[0];
        return (stage, invite, call, sink);
    }

    private static SipRequest Prack(Stage stage, SipRequest invite, SipSession call, uint rseq, uint cseq = 2) =>
        stage.Peer.InDialog("PRACK", stage.Bob, invite, call.LocalTag, cseq).Set("RAck", $"{rseq} 1 INVITE").Build();

    [Fact]
    public void Ring_EarlyAnswerWithBothUserAgents_IsAcknowledgedAndNotRepeatedInThe200()
    {
        var stage = new Stage();
        var (caller, sink) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        var (callee, calleeSink) = stage.Bob.Calls[0];
        Assert.Equal(SipOrder.Done, callee.Ring(183, Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal("EarlyAnswered Progress", sink.Story);
        Assert.Equal("v=0\r\ns=answer\r\n", sink.Single<SipSessionEvent.EarlyAnswered>().Body?.Text);
        Assert.Equal(1, calleeSink.Count<SipSessionEvent.EarlyAcknowledged>());
        Assert.Equal(SipOrder.Done, callee.Accept(Stage.Answer));
        stage.Wire.Pump();
        var success = stage.Wire.Log.OfType<SipResponse>().Single(r => r.StatusCode == 200 && r.CSeq.Method == "INVITE");
        Assert.True(success.Body.IsEmpty);
        Assert.Equal("v=0\r\ns=answer\r\n", sink.Single<SipSessionEvent.Answered>().Body?.Text);
        Assert.Equal(SipOrder.Done, caller.SendReinvite(Stage.Offer)); // its CSeq goes on after PRACK's
        stage.Wire.Pump();
        callee.AnswerReinvite(Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal(1, sink.Count<SipSessionEvent.ReinviteAnswered>());
        caller.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Ring_PeerWithout100rel_IsNotReliable()
    {
        var (stage, _, call, _) = FromPeer("Supported", "replaces");
        call.Ring(183, Stage.Answer);
        stage.Wire.Pump();
        Assert.Null(stage.Peer.Response("INVITE").RSeq);
        call.Accept(Stage.Answer);
        stage.Wire.Pump();
        Assert.False(stage.Peer.Response("INVITE").Body.IsEmpty);
    }

    [Fact]
    public void Ring_PeerRequires100rel_180IsReliableToo()
    {
        var (stage, invite, call, sink) = FromPeer("Require", "100rel");
        Assert.Equal(SipOrder.Done, call.Ring());
        stage.Wire.Pump();
        var ringing = stage.Peer.Response("INVITE");
        Assert.Equal((180, true), (ringing.StatusCode, ringing.Require.Contains("100rel")));
        Assert.Equal(SipOrder.WrongState, call.Ring()); // not before the PRACK
        stage.Peer.Send(stage.Bob, Prack(stage, invite, call, ringing.RSeq!.Value));
        Assert.Equal("200", stage.Peer.Statuses("PRACK"));
        Assert.Equal(1, sink.Count<SipSessionEvent.EarlyAcknowledged>());
        Assert.Equal(SipOrder.Done, call.Ring());
        stage.Wire.Pump();
        Assert.Equal(ringing.RSeq + 1, stage.Peer.Response("INVITE").RSeq);
    }

    [Fact]
    public void Ring_NoPrack_IsRepeatedAndThenTheInviteFails()
    {
        var (stage, _, call, sink) = FromPeer("Supported", "100rel");
        call.Ring(183, Stage.Answer);
        stage.Pass(2);
        Assert.Equal(3, stage.Peer.Heard.OfType<SipResponse>().Count(r => r.StatusCode == 183)); // 0, 0.5 and 1.5 s
        stage.Pass(31);
        Assert.Equal(504, stage.Peer.Response("INVITE").StatusCode);
        Assert.Equal(SipEndCause.AckTimeout, sink.Single<SipSessionEvent.Terminated>().Cause);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Prack_OfAnotherResponse_Is481()
    {
        var (stage, invite, call, sink) = FromPeer("Supported", "100rel");
        call.Ring(183, Stage.Answer);
        stage.Wire.Pump();
        var rseq = stage.Peer.Response("INVITE").RSeq!.Value;
        stage.Peer.Send(stage.Bob, Prack(stage, invite, call, rseq + 7));
        Assert.Equal("481", stage.Peer.Statuses("PRACK"));
        stage.Peer.Send(stage.Bob, Prack(stage, invite, call, rseq, cseq: 3));
        stage.Peer.Send(stage.Bob, Prack(stage, invite, call, rseq, cseq: 4));
        Assert.Equal("481 200 481", stage.Peer.Statuses("PRACK"));
        Assert.Equal(1, sink.Count<SipSessionEvent.EarlyAcknowledged>());
    }

    [Fact]
    public void Accept_BeforeThePrackOfTheAnswer_WaitsForIt()
    {
        var (stage, invite, call, _) = FromPeer("Supported", "100rel");
        call.Ring(183, Stage.Answer);
        Assert.Equal(SipOrder.Done, call.Accept(Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal(183, stage.Peer.Response("INVITE").StatusCode);
        stage.Peer.Send(stage.Bob, Prack(stage, invite, call, stage.Peer.Response("INVITE").RSeq!.Value));
        Assert.Equal(200, stage.Peer.Response("INVITE").StatusCode);
    }

    [Fact]
    public void Update_AfterTheEarlyAnswer_IsAskedAndAnswered_BeforeItIsNot()
    {
        var (stage, invite, call, sink) = FromPeer("Supported", "100rel");
        SipRequest Update(uint cseq) =>
            stage.Peer.InDialog("UPDATE", stage.Bob, invite, call.LocalTag, cseq).WithBody("v=0\r\ns=ready\r\n", MediaType.Sdp).Build();
        stage.Peer.Send(stage.Bob, Update(2));
        Assert.Equal("500", stage.Peer.Statuses("UPDATE"));
        call.Ring(183, Stage.Answer);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, Prack(stage, invite, call, stage.Peer.Response("INVITE").RSeq!.Value, cseq: 3));
        stage.Peer.Send(stage.Bob, Update(4));
        var asked = sink.Single<SipSessionEvent.ReinviteReceived>();
        Assert.Equal(("v=0\r\ns=ready\r\n", true), (asked.Body?.Text, asked.IsUpdate));
        Assert.Equal(SipOrder.Done, call.AnswerReinvite(Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal("500 200", stage.Peer.Statuses("UPDATE"));
        Assert.Equal(183, stage.Peer.Response("INVITE").StatusCode);
        Assert.Equal(SipOrder.Done, call.Accept(Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal(200, stage.Peer.Response("INVITE").StatusCode);
    }

    [Fact]
    public void Invite_ForkedWithSeveralEarlyDialogs_EachGetsItsPrackAndOneAnswers()
    {
        var stage = new Stage();
        var (call, sink) = stage.Call(Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        var invite = stage.Peer.Request("INVITE");
        SipResponse Progress(string tag, uint rseq, string? sdp) => stage.Peer.Answer(invite, 183, tag, sdp).ToBuilder()
            .Set("Require", "100rel").Set("RSeq", $"{rseq}").Build();
        stage.Peer.Send(stage.Alice, Progress("one", 5, "v=0\r\ns=one\r\n"));
        stage.Peer.Send(stage.Alice, Progress("two", 90, "v=0\r\ns=two\r\n"));
        stage.Peer.Send(stage.Alice, Progress("one", 5, "v=0\r\ns=one\r\n")); // repeated
        stage.Peer.Send(stage.Alice, Progress("one", 7, null)); // ahead of 6
        stage.Peer.Send(stage.Alice, Progress("one", 6, null));
        Assert.Equal(
            ["one 5 1 INVITE", "two 90 1 INVITE", "one 6 1 INVITE"],
            stage.Peer.Heard.OfType<SipRequest>().Where(r => r.Method == "PRACK").Select(r => $"{r.ToTag} {r.RAck}"));
        Assert.Equal("v=0\r\ns=one\r\n", sink.Single<SipSessionEvent.EarlyAnswered>().Body?.Text);

        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 200, "two")); // its answer came in its 183
        Assert.Equal("v=0\r\ns=two\r\n", sink.Single<SipSessionEvent.Answered>().Body?.Text);
        Assert.Equal("two", stage.Peer.Request("ACK").ToTag);
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 200, "one"));
        Assert.Equal(("one", "one"), (stage.Peer.Request("ACK").ToTag, stage.Peer.Request("BYE").ToTag));
        call.Hangup();
        stage.Wire.Pump();
        Assert.Equal("two", stage.Peer.Request("BYE").ToTag);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void SendReinvite_AnsweredEarly_UpdatesOfBothSidesGoThroughBeforeThe200()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Build();
        stage.Peer.Send(stage.Bob, invite);
        var (call, sink) = stage.Bob.Calls[0];
        call.Accept(Stage.Answer);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("ACK", stage.Bob, invite, call.LocalTag, 1).Build());
        call.SendReinvite(Stage.Offer);
        stage.Wire.Pump();
        var reinvite = stage.Peer.Request("INVITE");
        Assert.Equal(SipOrder.WrongState, call.SendUpdate(Stage.Offer));
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(reinvite, 183, "t", "v=0\r\ns=early\r\n").ToBuilder()
            .Set("Require", "100rel").Set("RSeq", "1").Build());
        Assert.Equal("1 1 INVITE", stage.Peer.Request("PRACK").RAck.ToString());
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(stage.Peer.Request("PRACK"), 200, "t"));
        Assert.Equal(1, sink.Count<SipSessionEvent.EarlyAnswered>());

        Assert.Equal(SipOrder.Done, call.SendUpdate(Stage.Offer));
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(stage.Peer.Request("UPDATE"), 200, "t", "v=0\r\ns=updated\r\n"));
        Assert.Equal("v=0\r\ns=updated\r\n", sink.Single<SipSessionEvent.UpdateAnswered>().Body?.Text);
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("UPDATE", stage.Bob, invite, call.LocalTag, 2).WithBody("v=0\r\n", MediaType.Sdp).Build());
        Assert.Equal(SipOrder.Done, call.AnswerReinvite(Stage.Answer));
        stage.Wire.Pump();
        Assert.Equal("200", stage.Peer.Statuses("UPDATE"));

        stage.Peer.Send(stage.Bob, stage.Peer.Answer(reinvite, 200, "t", "v=0\r\ns=early\r\n"));
        Assert.Equal(1, sink.Count<SipSessionEvent.ReinviteAnswered>());
        Assert.Equal(reinvite.CSeq.Number, stage.Peer.Request("ACK").CSeq.Number);
        call.Hangup();
        stage.AssertNothingLeft();
    }
}
