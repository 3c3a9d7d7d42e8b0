using Avatar2D.Gateway.Options;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Gateway.Hosting;

/// <summary>From the settings to the SIP stack's options.</summary>
internal static class SipSetup
{
    /// <summary>Options of the gateway's user agent.</summary>
    /// <exception cref="FormatException">A listen point is none: the validator has let it pass.</exception>
    public static SipUserAgentOptions From(SipOptions options) => new()
    {
        Product = options.UserAgent,
        Timers = SipTimers.Default with { T1 = TimeSpan.FromMilliseconds(options.T1Ms) },
        ListeningPoints = [.. options.Listen.Select(text => PointOf(text, options))],
    };

    private static SipListeningPoint PointOf(string text, SipOptions options)
    {
        if (!SipListenPoint.TryParse(text, out SipListenPoint? point, out string? error))
            throw new FormatException($"Sip:Listen: {text} {error}.");
        string? host = point.Advertised?.Host ?? (options.AdvertisedAddress.Length > 0 ? options.AdvertisedAddress : null);
        int? port = point.Advertised?.Port ?? (host is not null && options.AdvertisedPort > 0 ? options.AdvertisedPort : null);
        return new SipListeningPoint
        {
            Protocol = point.Protocol == SipListenProtocol.Tcp ? SipTransportProtocol.Tcp : SipTransportProtocol.Udp,
            Bind = point.EndPoint,
            AdvertisedHost = host,
            AdvertisedPort = port,
        };
    }
}
