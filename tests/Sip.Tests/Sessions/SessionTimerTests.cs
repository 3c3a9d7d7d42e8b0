using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Sessions;

/// <summary>Session timers, RFC 4028, on fake time.</summary>
public sealed class SessionTimerTests
{
    private static (Stage Stage, SipRequest Invite, SipSession Call, RecordingSink Sink) FromPeer(string expires, bool knowsUpdate = true)
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Set("Supported", "timer").Set("Session-Expires", expires)
            .Set("Allow", knowsUpdate ? "INVITE, BYE, UPDATE" : "INVITE, BYE").Build();
        stage.Peer.Send(stage.Bob, invite);
        var (call, sink) = stage.Bob.Calls[0];
        call.Accept(Stage.Answer);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("ACK", stage.Bob, invite, call.LocalTag, 1).Build());
        sink.Events.Clear();
        return (stage, invite, call, sink);
    }

    [Theory]
    [InlineData("600", "600;refresher=uac", true)]
    [InlineData("600;refresher=uas", "600;refresher=uas", false)]
    [InlineData("90;refresher=uac", "90;refresher=uac", true)]
    [InlineData("36000", "1800;refresher=uac", true)]
    public void Accept_PeerProposesATimer_ItIsSettled(string asked, string settled, bool required)
    {
        var (stage, _, _, _) = FromPeer(asked);
        var answer = stage.Peer.Response("INVITE");
        Assert.Equal((settled, required), (answer.SessionExpires?.ToString(), answer.Require.Contains("timer")));
    }

    [Fact]
    public void Invite_IntervalTooShort_Is422WithMinSE()
    {
        var stage = new Stage();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Set("Supported", "timer").Set("Session-Expires", "30").Build());
        Assert.Equal((422, 90), (stage.Peer.Response("INVITE").StatusCode, stage.Peer.Response("INVITE").MinSE?.Seconds));
        Assert.Empty(stage.Bob.Calls);
    }

    [Fact]
    public void Refresher_Us_SendsUpdateAtHalfTimeAndTellsNobody()
    {
        var (stage, _, call, sink) = FromPeer("600;refresher=uas");
        stage.Pass(299, 500);
        Assert.Equal(0, stage.Peer.Requests("UPDATE"));
        stage.Pass(2, 500);
        var update = stage.Peer.Request("UPDATE");
        Assert.Equal(("600;refresher=uac", true), (update.SessionExpires?.ToString(), update.Body.IsEmpty));
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(update, 200, "t").ToBuilder().Set("Session-Expires", "600;refresher=uac").Build());
        stage.Pass(299, 500);
        Assert.Empty(sink.Events);
        Assert.Single(stage.Peer.Heard.OfType<SipRequest>().Where(r => r.Method == "UPDATE").Select(r => r.CSeq.Number).Distinct());
        stage.Pass(2, 500);
        Assert.Equal(2, stage.Peer.Heard.OfType<SipRequest>().Where(r => r.Method == "UPDATE").Select(r => r.CSeq.Number).Distinct().Count());
        call.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Refresher_UsAndPeerKnowsNoUpdate_SendsTheSameDescriptionByReinvite()
    {
        var (stage, _, call, sink) = FromPeer("600;refresher=uas", knowsUpdate: false);
        stage.Pass(301, 500);
        var refresh = stage.Peer.Request("INVITE");
        Assert.Equal("v=0\r\ns=answer\r\n", refresh.BodyText);
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(refresh, 200, "t", "v=0\r\n").ToBuilder().Set("Session-Expires", "600;refresher=uac").Build());
        Assert.Equal(refresh.CSeq.Number, stage.Peer.Request("ACK").CSeq.Number);
        Assert.Empty(sink.Events);
        Assert.Equal(SipOrder.Done, call.SendReinvite(Stage.Offer)); // and the next one is told again
        stage.Wire.Pump();
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(stage.Peer.Request("INVITE"), 200, "t", "v=0\r\n"));
        Assert.Equal(1, sink.Count<SipSessionEvent.ReinviteAnswered>());
        call.Hangup();
        stage.AssertNothingLeft();
    }

    [Theory]
    [InlineData(405, 2)]
    [InlineData(491, 1)]
    public void Refresh_Refused_IsTriedAgain(int status, int invites)
    {
        var (stage, _, call, sink) = FromPeer("600;refresher=uas");
        stage.Pass(301, 500);
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(stage.Peer.Request("UPDATE"), status, "t"));
        stage.Pass(5, 500);
        Assert.Equal(invites - 1, stage.Peer.Heard.OfType<SipRequest>().Where(r => r.Method == "INVITE").Select(r => r.CSeq.Number).Distinct().Count());
        Assert.Equal(3 - invites, stage.Peer.Heard.OfType<SipRequest>().Where(r => r.Method == "UPDATE").Select(r => r.CSeq.Number).Distinct().Count());
        Assert.Empty(sink.Events);
        call.Hangup();
    }

    [Fact]
    public void Refresh_DialogGone_EndsWithBye()
    {
        var (stage, _, _, sink) = FromPeer("600;refresher=uas");
        stage.Pass(301, 500);
        stage.Peer.Send(stage.Bob, stage.Peer.Answer(stage.Peer.Request("UPDATE"), 481, "t"));
        Assert.Equal(SipEndCause.DialogGone, sink.Single<SipSessionEvent.Terminated>().Cause);
        Assert.True(stage.Peer.Requests("BYE") >= 1);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Refresher_PeerIsSilent_ByeBeforeTheIntervalEnds()
    {
        var (stage, _, _, sink) = FromPeer("600;refresher=uac");
        stage.Pass(567, 500);
        Assert.Empty(sink.Events);
        stage.Pass(2, 500);
        Assert.Equal(SipEndCause.SessionExpired, sink.Single<SipSessionEvent.Terminated>().Cause);
        Assert.Contains("cause=408", stage.Peer.Request("BYE").Headers["Reason"], StringComparison.Ordinal);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Refresher_PeerRefreshesByUpdate_TheCallGoesOnUntouched()
    {
        var (stage, invite, call, sink) = FromPeer("600;refresher=uac");
        stage.Pass(300, 500);
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("UPDATE", stage.Bob, invite, call.LocalTag, 2)
            .Set("Supported", "timer").Set("Session-Expires", "600;refresher=uac").Build());
        Assert.Equal("600;refresher=uac", stage.Peer.Response("UPDATE").SessionExpires?.ToString());
        stage.Pass(400, 500);
        Assert.Empty(sink.Events);
        call.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_422_IsSentAgainWithTheLongerInterval()
    {
        var stage = new Stage();
        var (call, sink) = stage.Call(Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        var first = stage.Peer.Request("INVITE");
        Assert.Equal(("1800", 90), (first.SessionExpires?.ToString(), first.MinSE?.Seconds));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(first, 422, "x").ToBuilder().Set("Min-SE", "3600").Build());
        var second = stage.Peer.Request("INVITE");
        Assert.Equal(("3600", 3600, 2u), (second.SessionExpires?.ToString(), second.MinSE?.Seconds, second.CSeq.Number));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(second, 200, "y", "v=0\r\n").ToBuilder().Set("Session-Expires", "3600;refresher=uas").Build());
        Assert.Equal("Answered", sink.Story);
        Assert.Equal(2u, stage.Peer.Request("ACK").CSeq.Number);
        call.Hangup();
        stage.Wire.Pump();
        Assert.Equal(3u, stage.Peer.Request("BYE").CSeq.Number);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_BetweenTwoUserAgents_IsRefreshedByOneOfThemForHours()
    {
        var stage = new Stage();
        var (caller, callerSink, _, calleeSink) = stage.Connected();
        callerSink.Events.Clear();
        calleeSink.Events.Clear();
        stage.Pass(2 * 3600, 1000);
        Assert.Empty(callerSink.Events);
        Assert.Empty(calleeSink.Events);
        Assert.InRange(stage.Wire.Log.OfType<SipRequest>().Count(r => r.Method == "UPDATE"), 7, 9);
        caller.Hangup();
        stage.AssertNothingLeft();
    }
}
