using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Resolving;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Tests.Resolving;

/// <summary>RFC 3263 §4 row by row.</summary>
public sealed class TargetFinderTests
{
    private static readonly SipTransportProtocol[] All = [SipTransportProtocol.Udp, SipTransportProtocol.Tcp, SipTransportProtocol.Tls];
    private static readonly SipTransportProtocol[] Streams = [SipTransportProtocol.Tcp, SipTransportProtocol.Tls];

    private static ScriptedNames Names()
    {
        var names = new ScriptedNames();
        names.Services["naptr.example"] = [new(20, 10, "SIP+D2U", "_sip._udp.naptr.example"), new(10, 20, "SIP+D2T", "_sip._tcp.naptr.example"),
            new(10, 10, "SIPS+D2T", "_sips._tcp.naptr.example"), new(1, 1, "SIP+D2S", "_sip._sctp.naptr.example")];
        foreach (var domain in new[] { "naptr.example", "srv.example" })
        {
            names.Targets[$"_sip._udp.{domain}"] = [new(20, 1, "b.example", 5070), new(10, 1, "a.example", 5060)];
            names.Targets[$"_sip._tcp.{domain}"] = [new(10, 1, "a.example", 5062)];
            names.Targets[$"_sips._tcp.{domain}"] = [new(10, 1, "a.example", 5063)];
        }

        names.Targets["_sip._udp.closed.example"] = [new(0, 0, ".", 0)];
        names.Addresses["closed.example"] = ["192.0.2.9"];
        names.Addresses["a.example"] = ["192.0.2.1"];
        names.Addresses["b.example"] = ["192.0.2.2", "2001:db8::2"];
        names.Addresses["localhost"] = ["127.0.0.1"];
        return names;
    }

    [Theory]
    [InlineData("sip:192.0.2.7", "Udp 192.0.2.7:5060")]
    [InlineData("sip:[2001:db8::7]:5070;transport=tcp", "Tcp [2001:db8::7]:5070")]
    [InlineData("sips:192.0.2.7", "Tls 192.0.2.7:5061")]
    [InlineData("sip:srv.example;maddr=192.0.2.8", "Udp 192.0.2.8:5060")]
    [InlineData("sip:b.example:5080", "Udp 192.0.2.2:5080, Udp [2001:db8::2]:5080")]
    [InlineData("sip:b.example", "Udp 192.0.2.2:5060, Udp [2001:db8::2]:5060")]
    [InlineData("sip:localhost", "Udp 127.0.0.1:5060")]
    [InlineData("sip:srv.example;transport=tcp", "Tcp 192.0.2.1:5062")]
    [InlineData("sips:srv.example", "Tls 192.0.2.1:5063")]
    [InlineData("sip:srv.example", "Udp 192.0.2.1:5060, Udp 192.0.2.2:5070, Udp [2001:db8::2]:5070, Tcp 192.0.2.1:5062")]
    [InlineData("sip:naptr.example", "Tls 192.0.2.1:5063, Tcp 192.0.2.1:5062, Udp 192.0.2.1:5060, Udp 192.0.2.2:5070, Udp [2001:db8::2]:5070")]
    [InlineData("sip:closed.example", "")]
    [InlineData("sip:nowhere.example", "")]
    [InlineData("sip:srv.example;transport=sctp", "")]
    public async Task FindAsync_Uri_GivesThePlacesInOrder(string uri, string expected) =>
        Assert.Equal(expected, await FindAsync(uri, All));

    [Theory]
    [InlineData("sip:192.0.2.7", "Tcp 192.0.2.7:5060")]
    [InlineData("sip:srv.example", "Tcp 192.0.2.1:5062")]
    [InlineData("sip:naptr.example", "Tls 192.0.2.1:5063, Tcp 192.0.2.1:5062")]
    public async Task FindAsync_WithoutUdp_UsesStreams(string uri, string expected) =>
        Assert.Equal(expected, await FindAsync(uri, Streams));

    private static async Task<string> FindAsync(string uri, SipTransportProtocol[] ours)
    {
        var finder = new TargetFinder(Names(), (protocol, _) => ours.Contains(protocol), most => most);
        return string.Join(", ", (await finder.FindAsync(SipUri.Parse(uri), CancellationToken.None)).Select(t => $"{t.Protocol} {t.Remote}"));
    }
}
