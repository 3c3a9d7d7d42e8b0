using System.Net;

namespace Avatar2D.Rtp.Sdp;

/// <summary>A c= line (RFC 8866 §5.7).</summary>
/// <param name="AddressType">IP4 or IP6.</param>
/// <param name="Address">Address or host name, without the multicast suffix.</param>
/// <param name="Suffix">Multicast "/ttl/count" as it came, else empty.</param>
public sealed record SdpConnection(string AddressType, string Address, string Suffix = "")
{
    /// <summary>Net type, IN everywhere in practice.</summary>
    public string NetType { get; init; } = "IN";

    /// <summary>True where the address says "send me nothing": 0.0.0.0 (hold of RFC 2543), :: or a name under .invalid.</summary>
    public bool IsUnspecified =>
        TryGetIPAddress(out IPAddress? ip)
            ? ip!.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)
            : Address.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase);

    /// <summary>A connection for an address or host name of our own.</summary>
    public static SdpConnection To(string address)
    {
        ArgumentException.ThrowIfNullOrEmpty(address);
        return new(address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4", address);
    }

    /// <summary>The address when it is not a host name.</summary>
    public bool TryGetIPAddress(out IPAddress? address) => IPAddress.TryParse(Address, out address);

    /// <inheritdoc/>
    public override string ToString() => $"c={NetType} {AddressType} {Address}{Suffix}";

    internal static bool TryParse(string text, out SdpConnection? connection)
    {
        connection = null;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3)
        {
            return false;
        }

        int slash = words[2].IndexOf('/', StringComparison.Ordinal);
        string address = slash < 0 ? words[2] : words[2][..slash];
        if (address.Length == 0)
        {
            return false;
        }

        connection = new(words[1], address, slash < 0 ? "" : words[2][slash..]) { NetType = words[0] };
        return true;
    }
}
