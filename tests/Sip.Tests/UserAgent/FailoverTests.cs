using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Tests.Resolving;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>A name with several places: the next one where the first fails (RFC 3263 §4.3).</summary>
public sealed class FailoverTests
{
    private readonly ScriptedNames _names = new();
    private readonly Stage _stage;

    public FailoverTests()
    {
        _stage = new Stage(options => options with { Names = _names });
        _names.Addresses["bob.example"] = ["10.0.0.2"];
        _names.Addresses["peer.example"] = [_stage.Peer.EndPoint.Address.ToString()];
        _names.Addresses["dead.example"] = ["10.0.0.77"];
    }

    private static SipUri Target => SipUri.Parse("sip:bob@pbx.example");

    [Fact]
    public void PlaceCall_FirstPlaceIsDead_SecondTakesTheCallAndTheNextOnesAtOnce()
    {
        _names.Targets["_sip._udp.pbx.example"] = [new(10, 0, "dead.example", 5060), new(20, 0, "bob.example", 5060)];
        var (call, sink) = _stage.Call(Stage.Offer, Target);
        _stage.Pass(31);
        Assert.Empty(_stage.Bob.Calls);
        _stage.Pass(2); // Timer B is over.
        _stage.Bob.Calls[0].Call.Accept(Stage.Answer);
        _stage.Wire.Pump();
        Assert.Equal("Answered", sink.Story);

        var (second, _) = _stage.Call(Stage.Offer, Target);
        _stage.Wire.Pump();
        Assert.Equal(2, _stage.Bob.Calls.Count);
        _stage.Bob.Calls[1].Call.Reject(486);
        _stage.Wire.Pump();
        call.Hangup();
        Assert.NotSame(call, second);
        _stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_FirstPlaceIsFull_SecondTakesTheCall()
    {
        _names.Targets["_sip._udp.pbx.example"] = [new(10, 0, "peer.example", _stage.Peer.EndPoint.Port), new(20, 0, "bob.example", 5060)];
        var (call, sink) = _stage.Call(Stage.Offer, Target);
        _stage.Wire.Pump();
        SipRequest invite = _stage.Peer.Request("INVITE");
        _stage.Peer.Send(_stage.Alice, _stage.Peer.Answer(invite, 503, "t"));
        _stage.Wire.Pump();
        SipRequest again = _stage.Wire.Log.OfType<SipRequest>().Last(r => r.Method == SipMethods.Invite);
        Assert.Equal((invite.CallId, invite.CSeq.Number), (again.CallId, again.CSeq.Number));
        Assert.NotEqual(invite.TopVia.Branch, again.TopVia.Branch); // A transaction of its own.
        _stage.Bob.Calls[0].Call.Accept(Stage.Answer);
        _stage.Wire.Pump();
        Assert.Equal("Answered", sink.Story);
        call.Hangup();
        _stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_AllPlacesRefuse_TheLastAnswerIsTold()
    {
        _names.Targets["_sip._udp.pbx.example"] = [new(10, 0, "peer.example", _stage.Peer.EndPoint.Port)];
        var (_, sink) = _stage.Call(Stage.Offer, Target);
        _stage.Wire.Pump();
        _stage.Peer.Send(_stage.Alice, _stage.Peer.Answer(_stage.Peer.Request("INVITE"), 503, "t"));
        _stage.Wire.Pump();
        Assert.Equal(1, _stage.Peer.Requests("INVITE"));
        Assert.Contains("Refused", sink.Story, StringComparison.Ordinal);
        _stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_BusyElsewhere_IsNotAskedAgain()
    {
        _names.Targets["_sip._udp.pbx.example"] = [new(10, 0, "peer.example", _stage.Peer.EndPoint.Port), new(20, 0, "bob.example", 5060)];
        _stage.Call(Stage.Offer, Target);
        _stage.Wire.Pump();
        _stage.Peer.Send(_stage.Alice, _stage.Peer.Answer(_stage.Peer.Request("INVITE"), 486, "t"));
        _stage.Wire.Pump();
        Assert.Empty(_stage.Bob.Calls);
        _stage.AssertNothingLeft();
    }
}
