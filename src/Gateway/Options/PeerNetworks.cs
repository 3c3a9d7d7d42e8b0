using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Gateway.Options;

/// <summary>A set of networks that a peer's address is looked up in, such as <see cref="SipOptions.TrustedPeers"/>.</summary>
public sealed class PeerNetworks
{
    private readonly IPNetwork[] _networks;

    /// <summary>Makes the set.</summary>
    /// <param name="texts">IP addresses or networks; valid ones (the validator has seen them).</param>
    /// <exception cref="FormatException">One is neither.</exception>
    public PeerNetworks(IEnumerable<string> texts) =>
        _networks = [.. texts.Select(t => TryParse(t, out IPNetwork n) ? n : throw new FormatException($"\"{t}\" is not a network."))];

    /// <summary>True when the address lies in one of the networks; an IPv4 address that came in over an IPv6 socket counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_networks, n => n.Contains(plain));
    }

    /// <summary>Reads an address (a network of one) or ADDRESS/PREFIX; bits behind the prefix are cleared.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? text : text[..slash];
        if (!HostPort.TryAddress(host, out IPAddress? address))
            return false;
        int bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        int prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), out prefix) || prefix < 0 || prefix > bits))
            return false;
        byte[] bytes = address.GetAddressBytes();
        for (int bit = prefix; bit < bits; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        network = new IPNetwork(new IPAddress(bytes), prefix);
        return true;
    }
}
