using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Sessions;

public sealed class ForkTests
{
    [Fact]
    public void Success_OfASecondFork_IsAcknowledgedAndEnded()
    {
        var stage = new Stage();
        var (call, sink) = stage.Call(Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        var invite = stage.Peer.Request("INVITE");
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 180, "one"));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 180, "two"));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 200, "one", "v=0\r\n"));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 200, "two", "v=0\r\n"));
        Assert.Equal(2, stage.Peer.Requests("ACK"));
        var bye = stage.Peer.Request("BYE");
        Assert.Equal("two", bye.ToTag);
        Assert.Equal(1, sink.Count<SipSessionEvent.Answered>());
        Assert.False(call.IsOver);

        // A repeated 2xx of the second fork is acknowledged again, but ended only once.
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(bye, 200, "two"));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(invite, 200, "two", "v=0\r\n"));
        Assert.Equal((3, 1), (stage.Peer.Requests("ACK"), stage.Peer.Requests("BYE")));
        call.Hangup();
        stage.Wire.Pump();
        Assert.Equal("one", stage.Peer.Request("BYE").ToTag);
        stage.AssertNothingLeft();
    }
}
