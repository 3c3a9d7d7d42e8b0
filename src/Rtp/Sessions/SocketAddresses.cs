using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Rtp.Sessions;

/// <summary>Looks into socket addresses without making objects of them.</summary>
internal static class SocketAddresses
{
    /// <summary>The bytes of an endpoint that can be sent to; null for none, port 0 and the unspecified address (old style hold).</summary>
    public static SocketAddress? OfUsable(IPEndPoint? endPoint) =>
        endPoint is null || endPoint.Port == 0 || endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any)
            ? null
            : endPoint.Serialize();

    /// <summary>The endpoint of an address.</summary>
    public static IPEndPoint ToEndPoint(SocketAddress address) =>
        (IPEndPoint)new IPEndPoint(address.Family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0).Create(address);

    /// <summary>True when both have the same IP address; ports are not looked at.</summary>
    public static bool SameHost(SocketAddress left, SocketAddress right) =>
        left.Family == right.Family && Host(left).SequenceEqual(Host(right));

    // sockaddr_in: family 2, port 2, address 4. sockaddr_in6: family 2, port 2, flow 4, address 16.
    private static ReadOnlySpan<byte> Host(SocketAddress address) =>
        address.Family == AddressFamily.InterNetworkV6 ? address.Buffer.Span.Slice(8, 16) : address.Buffer.Span.Slice(4, 4);

    /// <summary>A copy that outlives the receive buffer.</summary>
    public static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
