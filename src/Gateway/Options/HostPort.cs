using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Avatar2D.Gateway.Options;

/// <summary>HOST:PORT as written in settings: 127.0.0.1:5060, [::1]:5060, gateway.example.com:5060.</summary>
/// <param name="Host">IP address without brackets, or host name.</param>
/// <param name="Port">0 to 65535; 0 lets the system choose.</param>
public readonly record struct HostPort(string Host, int Port)
{
    /// <summary>The end point, when <see cref="Host"/> is an IP address.</summary>
    public IPEndPoint? EndPoint => TryAddress(Host, out IPAddress? address) ? new IPEndPoint(address, Port) : null;

    /// <summary>Reads HOST:PORT.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The result; undefined when false is returned.</param>
    /// <param name="error">Why it was refused, without the text itself.</param>
    public static bool TryParse(string text, out HostPort value, [NotNullWhen(false)] out string? error)
    {
        value = default;
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || text.EndsWith(']'))
            return Refuse("has no port (HOST:PORT is wanted)", out error);
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > 65535)
            return Refuse("has a port that is not a number from 0 to 65535", out error);
        string host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal))
            return Refuse("has an IPv6 address without [ ]", out error);
        if (!IsHost(host))
            return Refuse("has a host that is neither an IP address nor a host name", out error);
        value = new HostPort(host, port);
        error = null;
        return true;
    }

    /// <summary>Reads a full IP address; the short forms that <see cref="IPAddress"/> takes too (1, 127.1) are refused.</summary>
    /// <param name="text">IPv6 with or without brackets.</param>
    /// <param name="address">The address.</param>
    public static bool TryAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        bool full = text.Contains(':', StringComparison.Ordinal) || text.AsSpan().Count('.') == 3;
        address = null;
        return full && IPAddress.TryParse(text, out address);
    }

    /// <summary>True for an IP address (IPv6 without brackets) or a well-formed host name.</summary>
    public static bool IsHost(string host)
    {
        if (TryAddress(host, out _))
            return true;

        // 10.0.0.300 and 10.0.0 pass as host names for Uri; a last label of digits never is one (RFC 1123 §2.1).
        string last = host[(host.LastIndexOf('.') + 1)..];
        return Uri.CheckHostName(host) == UriHostNameType.Dns && !last.All(char.IsAsciiDigit);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    private static bool Refuse(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
