using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Sessions;

public sealed class NatTests
{
    private static ScriptedPeer CallAndHangUp(Stage stage, string source, string contact, string? recordRoute)
    {
        var phone = new ScriptedPeer(stage.Wire, source);
        var builder = phone.Invite(stage.Bob, "c", "t", "v=0\r\n").Set("Contact", contact);
        if (recordRoute is not null)
        {
            builder.Add("Record-Route", recordRoute);
        }

        var invite = builder.Build();
        phone.Send(stage.Bob, invite);
        var call = stage.Bob.Calls[0].Call;
        call.Accept(Stage.Answer);
        stage.Wire.Pump();
        phone.Send(stage.Bob, phone.InDialog("ACK", stage.Bob, invite, call.LocalTag, 1).Build());
        call.Hangup();
        stage.Wire.Pump();
        return phone;
    }

    [Fact]
    public void Bye_PrivateContactHeardFromAPublicAddress_GoesWhereThePeerSpokeFrom()
    {
        var phone = CallAndHangUp(new(), "198.51.100.7:40000", "<sip:phone@192.168.1.5:5060>", null);
        Assert.Equal("sip:phone@192.168.1.5:5060", phone.Request("BYE").RequestUri.ToString());
    }

    [Theory]
    [InlineData("198.51.100.7:40000", "<sip:phone@203.0.113.9:5060>", null)] // a public Contact is believed
    [InlineData("10.0.0.20:40000", "<sip:phone@192.168.1.5:5060>", null)] // private on both sides: a routed network
    [InlineData("198.51.100.7:40000", "<sip:phone@192.168.1.5:5060>", "<sip:203.0.113.10;lr>")] // the proxy knows the way
    public void Bye_AnyOtherContact_FollowsTheDialog(string source, string contact, string? recordRoute)
    {
        var stage = new Stage();
        var phone = CallAndHangUp(stage, source, contact, recordRoute);
        Assert.Equal(0, phone.Requests("BYE"));
        Assert.Contains(stage.Wire.Log.OfType<SipRequest>(), r => r.Method == SipMethods.Bye);
    }
}
