using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Tests.Options;

public sealed class HostPortTests
{
    [Theory]
    [InlineData("127.0.0.1:5060", "127.0.0.1", 5060)]
    [InlineData("[::1]:0", "::1", 0)]
    [InlineData("gw.example.com:65535", "gw.example.com", 65535)]
    public void TryParse_WellFormed_GivesHostAndPort(string text, string host, int port)
    {
        Assert.True(HostPort.TryParse(text, out HostPort value, out string? error), error);
        Assert.Equal(new HostPort(host, port), value);
        Assert.Equal(text, value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData(":5060")]
    [InlineData("[::1]")]
    [InlineData("::1:5060")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.300:5060")]
    [InlineData("a b:5060")]
    public void TryParse_Malformed_GivesReason(string text)
    {
        Assert.False(HostPort.TryParse(text, out _, out string? error));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("udp:127.0.0.1:5060", "udp:127.0.0.1:5060")]
    [InlineData("TCP:[::]:5060", "tcp:[::]:5060")]
    [InlineData("udp:10.0.0.5:5060 advertise 203.0.113.7:5080", "udp:10.0.0.5:5060 advertise 203.0.113.7:5080")]
    [InlineData("udp:10.0.0.5:5060 Advertise gw.example.com:5060", "udp:10.0.0.5:5060 advertise gw.example.com:5060")]
    public void ListenPoint_WellFormed_RoundTrips(string text, string expected)
    {
        Assert.True(SipListenPoint.TryParse(text, out SipListenPoint? point, out string? error), error);
        Assert.Equal(expected, point.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1:5060", "udp:, tcp: or tls:")]
    [InlineData("sctp:127.0.0.1:5060", "udp:, tcp: or tls:")]
    [InlineData("udp", "port")]
    [InlineData("udp:gw.example.com:5060", "host name")]
    [InlineData("udp:10.0.0.5:5060 advertise 203.0.113.7", "port")]
    [InlineData("udp:10.0.0.5:5060 advertise 203.0.113.7:0", "port 0")]
    public void ListenPoint_Malformed_NamesTheFault(string text, string part)
    {
        Assert.False(SipListenPoint.TryParse(text, out _, out string? error));
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5")]
    [InlineData("::", "::")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("10.0.0.5 advertise 203.0.113.7", "10.0.0.5 advertise 203.0.113.7")]
    public void BindPoint_WellFormed_RoundTrips(string text, string expected)
    {
        Assert.True(RtpBindPoint.TryParse(text, out RtpBindPoint? point, out string? error), error);
        Assert.Equal(expected, point.ToString());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("eth0")]
    [InlineData("")]
    [InlineData("10.0.0.5 advertise ")]
    [InlineData("10.0.0.5 advertise a b")]
    public void BindPoint_Malformed_IsRefused(string text) => Assert.False(RtpBindPoint.TryParse(text, out _, out _));

    [Theory]
    [InlineData("10.0.0.0/8", "10.200.1.1", true)]
    [InlineData("10.9.9.9/8", "10.200.1.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::/32", "2001:db8:1::9", true)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    public void PeerNetworks_Contains_FollowsPrefix(string network, string address, bool expected) =>
        Assert.Equal(expected, new PeerNetworks([network]).Contains(System.Net.IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0/8")]
    [InlineData("10.0.0.0/x")]
    [InlineData("host.example.com")]
    public void PeerNetworks_Malformed_IsRefused(string text) => Assert.False(PeerNetworks.TryParse(text, out _));
}
