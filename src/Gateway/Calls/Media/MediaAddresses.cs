using System.Net;
using System.Net.Sockets;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The media ports of all network interfaces: gives a call the pool whose interface faces its peer, and the address that its
/// SDP announces. Any thread.
/// </summary>
internal sealed class MediaAddresses
{
    private readonly (RtpBindPoint Point, RtpPortPool Pool)[] _pools;
    private readonly string _advertised;

    /// <summary>Makes a pool for each bind address; opens nothing yet.</summary>
    /// <exception cref="FormatException">A bind address is none: the validator has let it pass.</exception>
    public MediaAddresses(GatewayOptions options, TimeProvider time)
    {
        _advertised = options.Rtp.AdvertisedAddress.Length > 0 ? options.Rtp.AdvertisedAddress : options.Sip.AdvertisedAddress;
        _pools =
        [
            .. options.Rtp.BindAddresses.Select(text =>
            {
                if (!RtpBindPoint.TryParse(text, out RtpBindPoint? point, out string? error))
                    throw new FormatException($"Rtp:BindAddresses: {text} {error}.");
                var pool = new RtpPortPool(
                    new RtpPortPoolOptions
                    {
                        BindAddress = point.Address,
                        FirstPort = options.Rtp.PortMin,
                        LastPort = options.Rtp.PortMax,
                        Quarantine = options.Rtp.Quarantine,
                    },
                    time);
                return (point, pool);
            }),
        ];
    }

    /// <summary>Port pairs in use.</summary>
    public int InUse => _pools.Sum(pool => pool.Pool.InUse);

    /// <summary>Chooses the pool for a peer.</summary>
    /// <param name="peer">Where its signalling comes from.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="announced">The address for SDP.</param>
    /// <returns>False when no interface of the settings reaches the peer.</returns>
    public bool TryChoose(IPAddress peer, out RtpPortPool? pool, out string announced)
    {
        IPAddress plain = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        IPAddress? facing = FacingAddress(plain);
        foreach (Func<IPAddress, bool> fits in new Func<IPAddress, bool>[] { a => a.Equals(facing), IsWildcard, a => true })
        {
            foreach ((RtpBindPoint point, RtpPortPool candidate) in _pools)
            {
                if (point.Address.AddressFamily != plain.AddressFamily || !fits(point.Address))
                    continue;
                pool = candidate;
                IPAddress own = IsWildcard(point.Address) ? facing ?? IPAddress.Loopback : point.Address;
                announced = point.Advertised ?? (_advertised.Length > 0 ? _advertised : own.ToString());
                return true;
            }
        }

        pool = null;
        announced = "";
        return false;
    }

    private static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>The local address that the kernel would send from; connecting a UDP socket sends nothing.</summary>
    private static IPAddress? FacingAddress(IPAddress peer)
    {
        try
        {
            using var probe = new Socket(peer.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(peer, 9);
            return (probe.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null; // No route.
        }
    }
}
