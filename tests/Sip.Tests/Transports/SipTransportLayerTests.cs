using System.Net;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Tests.UserAgent;
using Avatar2D.Sip.Transports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Sip.Tests.Transports;

public sealed class SipTransportLayerTests
{
    private static readonly IPEndPoint Source = IPEndPoint.Parse("192.0.2.7:40000");

    private static SipRequest Request(string via) => new SipRequestBuilder("OPTIONS", SipUri.Parse("sip:x@y"))
        .Set("Via", via).Set("From", "<sip:a@b>;tag=1").Set("To", "<sip:x@y>").CallId("c").CSeq(1, "OPTIONS").Build();

    private static SipFlow Flow(SipTransportProtocol protocol, long connection = 0) => new(
        new MemoryWire().Create(new() { Protocol = protocol, Bind = IPEndPoint.Parse("10.0.0.1:5060") }), new(Source, connection));

    [Theory]
    [InlineData("SIP/2.0/UDP 10.1.1.1:5070;branch=z9hG4bK1;rport=40000;received=192.0.2.7", "192.0.2.7:40000")]
    [InlineData("SIP/2.0/UDP 10.1.1.1:5070;branch=z9hG4bK1;received=192.0.2.7", "192.0.2.7:5070")]
    [InlineData("SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1", "192.0.2.7:5060")]
    [InlineData("SIP/2.0/UDP 10.1.1.1:5070;branch=z9hG4bK1;maddr=239.1.2.3", "239.1.2.3:5070")]
    [InlineData("SIP/2.0/UDP 10.1.1.1:5070;branch=z9hG4bK1;maddr=not-an-address;rport=9", "192.0.2.7:9")]
    public void AnswerFlow_OverUdp_FollowsViaAndRport(string via, string expected) =>
        Assert.Equal(new SipDestination(IPEndPoint.Parse(expected)),
            SipTransportLayer.AnswerFlow(Request(via), Flow(SipTransportProtocol.Udp)).Destination);

    [Theory]
    [InlineData("SIP/2.0/TCP 10.1.1.1:5070;branch=z9hG4bK1;rport=40000", "192.0.2.7:5070")]
    [InlineData("SIP/2.0/TCP 10.1.1.1;branch=z9hG4bK1", "192.0.2.7:5060")]
    public void AnswerFlow_OverTcp_IsTheConnectionElseTheSentByPort(string via, string fallback) =>
        Assert.Equal(new SipDestination(IPEndPoint.Parse(fallback), 5),
            SipTransportLayer.AnswerFlow(Request(via), Flow(SipTransportProtocol.Tcp, 5)).Destination);

    [Theory]
    [InlineData("10.0.0.1:5060", null, null, "10.0.0.1", 5060)]
    [InlineData("0.0.0.0:5060", null, null, "10.9.9.9", 5060)]
    [InlineData("0.0.0.0:5060", "203.0.113.5", 15060, "203.0.113.5", 15060)]
    [InlineData("10.0.0.1:5060", "sip.example.org", null, "sip.example.org", 5060)]
    [InlineData("[2001:db8::1]:5060", null, null, "[2001:db8::1]", 5060)]
    [InlineData("[::]:5062", null, null, "[2001:db8::9]", 5062)]
    [InlineData("[::]:5062", "2001:db8::77", null, "[2001:db8::77]", 5062)]
    public void AddressFor_ListeningPoint_IsAdvertisedElseLocalElseProbed(string bind, string? host, int? port, string wantHost, int wantPort)
    {
        var transport = new MemoryWire().Create(new() { Bind = IPEndPoint.Parse(bind), AdvertisedHost = host, AdvertisedPort = port });
        var layer = Layer([transport]);
        var peer = transport.LocalEndPoint.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "[2001:db8::5]:5060" : "192.0.2.7:5060";
        Assert.Equal((wantHost, wantPort), layer.AddressFor(new(transport, new(IPEndPoint.Parse(peer)))));
    }

    [Fact]
    public void FlowTo_SeveralListeningPoints_TakesProtocolAndFamily()
    {
        var wire = new MemoryWire();
        var layer = Layer([
            wire.Create(new() { Bind = IPEndPoint.Parse("10.0.0.1:1") }),
            wire.Create(new() { Bind = IPEndPoint.Parse("10.0.0.1:2"), Protocol = SipTransportProtocol.Tcp }),
            wire.Create(new() { Bind = IPEndPoint.Parse("[::1]:3") })]);
        Assert.Equal(1, layer.FlowTo(SipTransportProtocol.Udp, Source)?.Transport.LocalEndPoint.Port);
        Assert.Equal(2, layer.FlowTo(SipTransportProtocol.Tcp, Source)?.Transport.LocalEndPoint.Port);
        Assert.Equal(3, layer.FlowTo(SipTransportProtocol.Udp, IPEndPoint.Parse("[::2]:5060"))?.Transport.LocalEndPoint.Port);
        Assert.Null(layer.FlowTo(SipTransportProtocol.Tls, Source));
        Assert.Null(layer.FlowTo(SipTransportProtocol.Tcp, IPEndPoint.Parse("[::2]:5060")));
    }

    [Fact]
    public void LocalAddressProbe_TowardsLoopback_IsLoopback()
    {
        var probe = new LocalAddressProbe();
        Assert.Equal(IPAddress.Loopback, probe.Towards(IPAddress.Loopback));
        Assert.Equal(IPAddress.Loopback, probe.Towards(IPAddress.Loopback));
    }

    [Fact]
    public void ViaAndContact_BehindNat_CarryTheAdvertisedAddress()
    {
        var stage = new Stage(options => options with
        {
            ListeningPoints = [options.ListeningPoints[0] with { AdvertisedHost = "203.0.113.5", AdvertisedPort = 15060 }],
        });
        stage.Call(Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        var invite = stage.Peer.Request("INVITE");
        Assert.Equal("203.0.113.5:15060", invite.TopVia.SentBy);
        Assert.True(invite.TopVia.HasRport);
        Assert.Equal("sip:avatar@203.0.113.5:15060", invite.Contact?.Uri.ToString());
        Assert.True(invite.Contact?.Parameters.Contains("video"));
    }

    [Fact]
    public void Add_ManyFromOneSource_LogsOnceAMinuteWithTheCount()
    {
        var time = new FakeTimeProvider();
        var log = new ListLogger();
        var garbage = new GarbageLog(time, log);
        for (var i = 0; i < 100; i++)
        {
            garbage.Add(Source.Address, "test");
        }

        Assert.Single(log.Lines);
        time.Advance(TimeSpan.FromMinutes(1));
        garbage.Add(Source.Address, "test");
        Assert.Equal(2, log.Lines.Count);
        Assert.Contains("100 messages", log.Lines[1], StringComparison.Ordinal);
        Assert.Equal(101, garbage.Total);
    }

    private static SipTransportLayer Layer(ISipTransport[] transports) =>
        new(transports, new FixedAddress(), new(new Random(1)), TimeProvider.System, NullLogger.Instance, new SipMetrics(null));

    private sealed class FixedAddress : ILocalAddressSource
    {
        public IPAddress Towards(IPAddress peer) =>
            IPAddress.Parse(peer.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "2001:db8::9" : "10.9.9.9");
    }
}
