using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Avatar2D.Gateway.Options;

/// <summary>A local media address: <c>10.0.0.5</c>, optionally <c> advertise 203.0.113.7</c>.</summary>
/// <param name="Address">Local address; may be a wildcard.</param>
/// <param name="Advertised">What SDP carries instead (IP address or host name); null without NAT.</param>
public sealed record RtpBindPoint(IPAddress Address, string? Advertised)
{
    private const string AdvertiseWord = " advertise ";

    /// <summary>Reads a media address.</summary>
    /// <param name="text">The text of the setting; IPv6 with or without brackets.</param>
    /// <param name="value">The result.</param>
    /// <param name="error">Why it was refused, without the text itself.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out RtpBindPoint? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        string? advertised = null;
        int split = text.IndexOf(AdvertiseWord, StringComparison.OrdinalIgnoreCase);
        if (split >= 0)
        {
            advertised = text[(split + AdvertiseWord.Length)..].Trim();
            text = text[..split];
            if (!HostPort.IsHost(advertised))
            {
                error = "advertises something that is neither an IP address nor a host name";
                return false;
            }
        }

        if (!HostPort.TryAddress(text.Trim(), out IPAddress? address))
        {
            error = "is not an IP address";
            return false;
        }

        value = new RtpBindPoint(address, advertised);
        error = null;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Advertised is null ? Address.ToString() : $"{Address}{AdvertiseWord}{Advertised}";
}
