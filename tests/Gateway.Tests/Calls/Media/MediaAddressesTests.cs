using System.Net;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Tests.Calls.Media;

/// <summary>No port is opened: a pool is chosen, not rented from.</summary>
public sealed class MediaAddressesTests
{
    [Fact]
    public void TryChoose_SeveralInterfaces_TheOneThatFacesThePeer()
    {
        Assert.Equal("198.51.100.2", Announced("127.0.0.1", "127.0.0.9 advertise 198.51.100.1", "127.0.0.1 advertise 198.51.100.2"));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public void TryChoose_Wildcards_AddressOfTheFamilyThatFacesThePeer(string peer, string expected)
    {
        Assert.Equal(expected, Announced(peer, "0.0.0.0", "::"));
    }

    [Fact]
    public void TryChoose_NothingOfThePeersFamily_Refused()
    {
        Assert.Null(Announced("::1", "127.0.0.1"));
    }

    [Theory]
    [InlineData("", "203.0.113.1")]
    [InlineData("203.0.113.2", "203.0.113.2")]
    public void TryChoose_BehindNat_MediaAddressBeforeThatOfSip(string media, string expected)
    {
        var options = new GatewayOptions
        {
            Sip = new SipOptions { AdvertisedAddress = "203.0.113.1" },
            Rtp = new RtpOptions { BindAddresses = ["0.0.0.0"], AdvertisedAddress = media },
        };
        Assert.True(new MediaAddresses(options, TimeProvider.System).TryChoose(IPAddress.Loopback, out _, out string announced));
        Assert.Equal(expected, announced);
    }

    private static string? Announced(string peer, params string[] binds)
    {
        var options = new GatewayOptions { Rtp = new RtpOptions { BindAddresses = binds } };
        return new MediaAddresses(options, TimeProvider.System).TryChoose(IPAddress.Parse(peer), out _, out string announced) ? announced : null;
    }
}
