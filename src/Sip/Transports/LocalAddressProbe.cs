using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Sip.Transports;

/// <summary>
/// Says which local address packets to a peer leave from, for listening points that are bound to all addresses.
/// </summary>
internal interface ILocalAddressSource
{
    /// <summary>The local address towards <paramref name="peer"/>; loopback when there is no route.</summary>
    IPAddress Towards(IPAddress peer);
}

/// <summary>Asks the kernel by connecting a UDP socket, which sends nothing. Any thread.</summary>
internal sealed class LocalAddressProbe : ILocalAddressSource
{
    // Bounded: a scan from many addresses must not grow it for ever. Cleared whole when full; a probe is cheap.
    private const int MaxKnown = 4_096;
    private readonly ConcurrentDictionary<IPAddress, IPAddress> _known = new();

    /// <inheritdoc/>
    public IPAddress Towards(IPAddress peer)
    {
        if (_known.TryGetValue(peer, out var local))
        {
            return local;
        }

        local = Probe(peer);
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        _known[peer] = local;
        return local;
    }

    private static IPAddress Probe(IPAddress peer)
    {
        try
        {
            using var socket = new Socket(peer.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(new IPEndPoint(peer, 5060));
            return ((IPEndPoint)socket.LocalEndPoint!).Address; // set: the socket is connected
        }
        catch (SocketException)
        {
            return peer.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        }
    }
}
