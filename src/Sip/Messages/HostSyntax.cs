using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Sip.Messages;

/// <summary>Host and port of URIs and Via: RFC 3261 §25.1 <c>hostport</c>; IPv6 in brackets (RFC 5118).</summary>
internal static class HostSyntax
{
    /// <summary>Longest DNS name.</summary>
    private const int MaxNameLength = 255;

    /// <summary>Reads <c>host [":" port]</c>. The host keeps the brackets of an IPv6 address.</summary>
    public static bool TryRead(ref SipScanner scanner, bool spaceAroundColon, out string host, out int? port)
    {
        port = null;
        if (!TryReadHost(ref scanner, out host))
        {
            return false;
        }

        if (spaceAroundColon ? !scanner.TryTakeSeparator(':') : !scanner.TryTake(':'))
        {
            return true;
        }

        ReadOnlySpan<char> digits = scanner.TakeAll(SipChars.HostName);
        if (!SipNumber.TryParse(digits, ushort.MaxValue, out uint number))
        {
            return false;
        }

        port = (int)number;
        return true;
    }

    /// <summary>The address when the host is an IPv4 or IPv6 literal, with or without brackets.</summary>
    public static IPAddress? Address(string host)
    {
        ReadOnlySpan<char> text = host;
        if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
        {
            text = text[1..^1];
        }

        return text.ContainsAny(':', '.') && IPAddress.TryParse(text, out IPAddress? address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count('.') == 3) ? address : null;
    }

    /// <summary>True when two hosts are the same address or the same name without case.</summary>
    public static bool Same(string left, string right)
    {
        if (left.Equals(right, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return Address(left) is { } one && Address(right) is { } other && one.Equals(other);
    }

    private static bool TryReadHost(ref SipScanner scanner, out string host)
    {
        host = "";
        if (scanner.Current == '[')
        {
            int end = scanner.Rest.IndexOf(']');
            if (end < 2 || end > 64)
            {
                return false;
            }

            ReadOnlySpan<char> inner = scanner.Rest[1..end];
            int extra = inner.IndexOf(":::");
            if (extra >= 0)
            {
                // The grammar of RFC 3261 let senders write three colons; they mean two: RFC 5118 §4.10.
                inner = string.Concat(inner[..extra], inner[(extra + 1)..]);
            }

            if (!inner.Contains(':') || inner.ContainsAnyExcept(SipChars.Ipv6) || !IPAddress.TryParse(inner, out IPAddress? address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }

            host = extra < 0 ? scanner.Take(end + 1).ToString() : $"[{inner}]";
            _ = extra < 0 ? default : scanner.Take(end + 1);
            return true;
        }

        ReadOnlySpan<char> name = scanner.TakeAll(SipChars.HostName);
        if (name.IsEmpty || name.Length > MaxNameLength)
        {
            return false;
        }

        host = name.ToString();
        return true;
    }
}
