using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Avatar2D.Gateway.Options;

/// <summary>A point on which SIP is received: <c>udp:10.0.0.5:5060</c>, optionally <c> advertise 203.0.113.7:5060</c>.</summary>
/// <param name="Protocol">UDP, TCP or TLS.</param>
/// <param name="EndPoint">Local address and port.</param>
/// <param name="Advertised">What Via and Contact carry instead; null without NAT. Its port is never 0.</param>
public sealed record SipListenPoint(SipListenProtocol Protocol, IPEndPoint EndPoint, HostPort? Advertised)
{
    private const string AdvertiseWord = " advertise ";

    /// <summary>Reads a listen point.</summary>
    /// <param name="text">The text of the setting.</param>
    /// <param name="value">The result.</param>
    /// <param name="error">Why it was refused, without the text itself.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out SipListenPoint? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        HostPort? advertised = null;
        int split = text.IndexOf(AdvertiseWord, StringComparison.OrdinalIgnoreCase);
        if (split >= 0)
        {
            if (!HostPort.TryParse(text[(split + AdvertiseWord.Length)..].Trim(), out HostPort there, out string? why))
                return Refuse($"advertises an address that {why}", out error);
            if (there.Port == 0)
                return Refuse("advertises port 0", out error);
            advertised = there;
            text = text[..split];
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 ? text : text[..colon];
        SipListenProtocol? known = scheme.ToLowerInvariant() switch
        {
            "udp" => SipListenProtocol.Udp,
            "tcp" => SipListenProtocol.Tcp,
            "tls" => SipListenProtocol.Tls,
            _ => null,
        };
        if (known is not { } protocol)
            return Refuse("does not start with udp:, tcp: or tls:", out error);
        if (!HostPort.TryParse(text[(colon + 1)..].Trim(), out HostPort here, out error))
            return false;
        if (here.EndPoint is not { } endPoint)
            return Refuse("listens on a host name (an IP address of this machine is wanted)", out error);
        value = new SipListenPoint(protocol, endPoint, advertised);
        error = null;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string point = $"{Protocol.ToString().ToLowerInvariant()}:{EndPoint}";
        return Advertised is { } there ? $"{point}{AdvertiseWord}{there}" : point;
    }

    private static bool Refuse(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
