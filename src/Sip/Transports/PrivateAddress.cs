using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Sip.Transports;

/// <summary>
/// Addresses that mean nothing outside their own network: RFC 1918, RFC 6598, RFC 4193, loopback and link-local.
/// </summary>
internal static class PrivateAddress
{
    /// <summary>True for an address that the public network does not route.</summary>
    public static bool Is(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return true;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal;
        }

        Span<byte> b = stackalloc byte[4];
        return address.TryWriteBytes(b, out _) && (b[0], b[1]) switch
        {
            (10, _) or (192, 168) or (169, 254) => true,
            (172, var second) => second is >= 16 and < 32,
            (100, var second) => second is >= 64 and < 128,
            _ => false,
        };
    }
}
