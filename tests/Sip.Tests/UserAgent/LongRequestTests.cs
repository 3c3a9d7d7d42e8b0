using System.Net;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>Requests that are too long for UDP: RFC 3261 §18.1.1.</summary>
public sealed class LongRequestTests
{
    private static SipBody Body(int length) => SipBody.Sdp("v=0\r\n" + new string('x', length));

    private static SipUserAgentOptions WithTcp(SipUserAgentOptions options) => options with
    {
        ListeningPoints = [options.ListeningPoints[0], options.ListeningPoints[0] with { Protocol = SipTransportProtocol.Tcp }],
    };

    private static string FirstVia(Stage stage) => stage.Wire.Log.OfType<SipRequest>().First(r => r.Method == SipMethods.Invite).TopVia.Transport;

    [Theory]
    [InlineData(0, "UDP")]
    [InlineData(2_000, "TCP")]
    public void PlaceCall_Length_DecidesTheTransport(int length, string transport)
    {
        var stage = new Stage(WithTcp);
        var (caller, sink) = stage.Call(Body(length));
        stage.Wire.Pump();
        Assert.Equal(transport, FirstVia(stage));
        var invite = stage.Wire.Log.OfType<SipRequest>().First();
        Assert.Null(invite.Contact!.Uri.Transport); // our Contact stays where it was
        stage.Bob.Calls[0].Call.Accept(Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal("Answered", sink.Story);
        caller.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void SendReinvite_ALittleTooLong_GoesOverUdpWithoutWhatThePeerKnows()
    {
        var stage = new Stage(WithTcp);
        var (caller, _, callee, _) = stage.Connected();
        caller.SendReinvite(Body(0));
        stage.Wire.Pump();
        var plain = stage.Wire.Log.OfType<SipRequest>().Last(r => r.Method == SipMethods.Invite);
        Assert.True(plain.Headers.Contains(SipHeaderNames.Allow));
        callee.AnswerReinvite(Stage.Answer);
        stage.Wire.Pump();

        caller.SendReinvite(Body(1_310 - SipWriter.ToBytes(plain).Length));
        stage.Wire.Pump();
        var shortened = stage.Wire.Log.OfType<SipRequest>().Last(r => r.Method == SipMethods.Invite);
        Assert.Equal("UDP", shortened.TopVia.Transport);
        Assert.False(shortened.Headers.Contains(SipHeaderNames.Allow));
        Assert.InRange(SipWriter.ToBytes(shortened).Length, 1_100, 1_300);
        callee.AnswerReinvite(Stage.Answer);
        caller.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_PeerWithoutTcp_GoesOverUdpAfterAllAndIsRemembered()
    {
        var wire = new Stage(WithTcp);
        var target = wire.Peer.Uri;
        wire.Call(Body(2_000), target);
        wire.Wire.Pump();
        Assert.Equal("UDP", wire.Peer.Request("INVITE").TopVia.Transport);
        wire.Peer.Send(wire.Alice, wire.Peer.Answer(wire.Peer.Request("INVITE"), 486, "t"));
        Assert.Equal(1, wire.Peer.Requests("INVITE"));
        wire.Call(Body(2_000), target);
        wire.Wire.Pump();
        Assert.Equal(2, wire.Peer.Requests("INVITE"));
    }

    [Fact]
    public void PlaceCall_SwitchIsOff_GoesOverUdp()
    {
        var stage = new Stage(o => WithTcp(o) with { Transport = new() { MaxUdpRequestBytes = 0 } });
        stage.Call(Body(2_000));
        stage.Wire.Pump();
        Assert.Equal("UDP", FirstVia(stage));
    }

    [Fact]
    public async Task PlaceCall_LongOverSockets_UdpPeerWithoutTcpStillAnswers()
    {
        SipListeningPoint udp = new() { Bind = IPEndPoint.Parse("127.0.0.1:0") };
        SipListeningPoint tcp = new() { Protocol = SipTransportProtocol.Tcp, Bind = IPEndPoint.Parse("127.0.0.1:0") };
        var bob = new Answerer();
        await using var callee = new SipUserAgent(new() { ListeningPoints = [udp] }, bob, TimeProvider.System, NullLoggerFactory.Instance);
        await using var caller = new SipUserAgent(new() { ListeningPoints = [udp, tcp] }, new Answerer(), TimeProvider.System, NullLoggerFactory.Instance);
        await callee.StartAsync(TestContext.Current.CancellationToken);
        await caller.StartAsync(TestContext.Current.CancellationToken);
        var mailbox = new Mailbox();
        var call = caller.PlaceCall(new("bob", "127.0.0.1", callee.LocalEndPoints[0].Port), SipUri.Parse("sip:a@b"), Body(2_000), mailbox);
        await mailbox.Until<SipSessionEvent.Answered>();
        call.Hangup();
        await mailbox.Until<SipSessionEvent.Terminated>();
    }
}
