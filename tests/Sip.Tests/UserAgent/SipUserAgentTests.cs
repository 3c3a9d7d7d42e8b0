using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Sip.Tests.UserAgent;

public sealed class SipUserAgentTests
{
    [Fact]
    public async Task DisposeAsync_WithCallsInAllStates_SaysByeAndLeavesNoTimers()
    {
        var stage = new Stage();
        stage.Connected();
        var (_, ringing) = stage.Call(Stage.Offer);
        stage.Wire.Pump();
        stage.Bob.Calls[1].Call.Ring();
        stage.Wire.Pump();
        await stage.Alice.Agent.DisposeAsync();
        stage.Wire.Pump();
        await stage.Bob.Agent.DisposeAsync();
        Assert.Equal(1, ringing.Count<SipSessionEvent.Terminated>());
        Assert.Contains(stage.Wire.Log.OfType<SipRequest>(), r => r.Method == SipMethods.Bye);
        Assert.Contains(stage.Wire.Log.OfType<SipRequest>(), r => r.Method == SipMethods.Cancel);
        Assert.Equal(0, stage.Time.LiveTimers);
    }

    [Fact]
    public void PlaceCall_ThroughAProxy_CarriesARouteAndGoesThere()
    {
        var stage = new Stage();
        var proxy = new SipUri(null, "10.0.0.9", 5070);
        stage.Alice.Agent.PlaceCall(SipUri.Parse("tel:+49123"), SipUri.Parse("sip:a@example.com"), Stage.Offer, new RecordingSink(),
            new() { Proxy = proxy, DisplayName = "Ann", Headers = [new("X-Test", "1")] });
        stage.Wire.Pump();
        var invite = stage.Peer.Request("INVITE");
        Assert.Equal("tel:+49123", invite.RequestUri.ToString());
        Assert.Equal("sip:10.0.0.9:5070;lr", Assert.Single(invite.Routes).Uri.ToString());
        Assert.Equal(("Ann", "1"), (invite.From.DisplayName, invite.Headers["X-Test"]));
        Assert.Equal(70, invite.MaxForwards);
    }

    [Fact]
    public void PlaceCall_TelWithoutProxy_Is503()
    {
        var stage = new Stage();
        var (_, sink) = stage.Call(Stage.Offer, SipUri.Parse("tel:+49123"));
        Assert.Equal(503, sink.Single<SipSessionEvent.Refused>().Status);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Hangup_InsideTheEventItself_IsTakenInOrder()
    {
        var stage = new Stage();
        stage.Bob.OnCall = call => call.Ring() == SipOrder.Done && call.Accept(Stage.Answer) == SipOrder.Done;
        var (call, sink) = stage.Call(Stage.Offer);
        sink.Takes = e =>
        {
            if (e is SipSessionEvent.Answered)
            {
                Assert.Equal(SipOrder.Done, call.Hangup());
            }

            return true;
        };
        stage.Wire.Pump();
        Assert.Equal("Progress Answered Terminated", sink.Story);
        Assert.Equal("IncomingInvite AckReceived Terminated", stage.Bob.Calls[0].Sink.Story);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void StrictRouteInRecordRoute_InDialogRequests_GoToTheRouter()
    {
        var stage = new Stage();
        var invite = stage.Peer.Invite(stage.Bob, "c", "t", "v=0\r\n").Add("Record-Route", "<sip:10.0.0.9:5070>").Build();
        stage.Peer.Send(stage.Bob, invite);
        var call = stage.Bob.Calls[0].Call;
        call.Accept(Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal("<sip:10.0.0.9:5070>", stage.Peer.Response("INVITE").Headers["Record-Route"]);
        stage.Peer.Send(stage.Bob, stage.Peer.InDialog("ACK", stage.Bob, invite, call.LocalTag, 1).Build());
        call.Hangup();
        stage.Wire.Pump();
        var bye = stage.Peer.Request("BYE");
        Assert.Equal("sip:10.0.0.9:5070", bye.RequestUri.ToString());
        Assert.Equal(stage.Peer.Uri, Assert.Single(bye.Routes).Uri);
    }
}
