using System.Net;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Tests.Transports;

public sealed class PrivateAddressTests
{
    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.15.0.1", false)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.0.1", true)]
    [InlineData("192.169.0.1", false)]
    [InlineData("100.64.0.1", true)]
    [InlineData("100.128.0.1", false)]
    [InlineData("169.254.1.1", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2001:db8::1", false)]
    public void Is_Address_KnowsThePrivateRanges(string address, bool expected) =>
        Assert.Equal(expected, PrivateAddress.Is(IPAddress.Parse(address)));
}
