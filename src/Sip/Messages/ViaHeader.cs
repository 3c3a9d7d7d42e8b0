using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>One Via value: RFC 3261 §20.42, rport RFC 3581.</summary>
/// <param name="Transport">UDP, TCP, TLS, ... as received.</param>
/// <param name="Host">Sent-by host, IPv6 in brackets.</param>
/// <param name="Port">Sent-by port; null when not named.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record ViaHeader(string Transport, string Host, int? Port, SipParameters Parameters)
{
    /// <summary>How every branch of RFC 3261 begins.</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>A Via of our own with a branch, asking for rport.</summary>
    public ViaHeader(string transport, string host, int? port, string branch)
        : this(transport, host, port, SipParameters.Empty.With("branch", branch).With("rport", null))
    {
    }

    /// <summary>SIP version of the protocol part, 2.0.</summary>
    public string Version { get; init; } = "2.0";

    /// <summary>Branch; null when absent (RFC 2543 peers).</summary>
    public string? Branch => Parameters["branch"];

    /// <summary>True when the branch is one of RFC 3261: the cookie and more after it.</summary>
    public bool HasMagicCookie =>
        Branch is { } branch && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>Source address that the server saw; null when absent.</summary>
    public string? Received => Parameters["received"];

    /// <summary>True when the client asks for rport, with or without value.</summary>
    public bool HasRport => Parameters.Contains("rport");

    /// <summary>Source port that the server saw; null when absent or without value.</summary>
    public int? Rport => Parameters["rport"] is { } text && SipNumber.TryParse(text, ushort.MaxValue, out uint port) ? (int)port : null;

    /// <summary>Multicast address; null when absent.</summary>
    public string? Maddr => Parameters["maddr"];

    /// <summary>Multicast time to live; null when absent.</summary>
    public int? Ttl => Parameters["ttl"] is { } text && SipNumber.TryParseHops(text, out int hops) ? hops : null;

    /// <summary>Sent-by as written: <c>host[:port]</c>.</summary>
    public string SentBy => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}") : Host;

    /// <summary>Sent-by host as an address; null when it is a name.</summary>
    public IPAddress? Address => HostSyntax.Address(Host);

    /// <summary>Parses one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out ViaHeader? value)
    {
        value = null;
        SipScanner scanner = new(text);
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out ReadOnlySpan<char> protocol) || !protocol.Equals("SIP", StringComparison.OrdinalIgnoreCase)
            || !scanner.TryTakeSeparator('/') || !scanner.TryTakeToken(out ReadOnlySpan<char> version)
            || !scanner.TryTakeSeparator('/') || !scanner.TryTakeToken(out ReadOnlySpan<char> transport)
            || scanner.Current is not (' ' or '\t'))
        {
            return false;
        }

        scanner.SkipSpace();
        if (!HostSyntax.TryRead(ref scanner, spaceAroundColon: true, out string host, out int? port)
            || !SipParameters.TryRead(ref scanner, out SipParameters? parameters))
        {
            return false;
        }

        value = new(InternTransport(transport), host, port, parameters);
        if (!version.SequenceEqual("2.0"))
        {
            value = value with { Version = version.ToString() };
        }

        return value.HasGoodParameters();
    }

    /// <summary>
    /// This Via as a server stores it: <c>received</c> when the source differs from sent-by or rport was asked for,
    /// and the source port in rport when asked for. RFC 3261 §18.2.1, RFC 3581 §4.
    /// </summary>
    public ViaHeader WithSource(IPEndPoint source)
    {
        // Without the zone of a link-local address, which means something only on this machine.
        IPAddress address = source.Address.IsIPv4MappedToIPv6 ? source.Address.MapToIPv4() : new(source.Address.GetAddressBytes());
        SipParameters parameters = Parameters;
        if (HasRport || Address is not { } sentBy || !sentBy.Equals(address))
        {
            parameters = parameters.WithRaw("received", address.ToString());
        }

        if (HasRport)
        {
            parameters = parameters.WithRaw("rport", source.Port.ToString(CultureInfo.InvariantCulture));
        }

        return this with { Parameters = parameters };
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString()
    {
        StringBuilder text = new(96);
        text.Append("SIP/").Append(Version).Append('/').Append(Transport).Append(' ').Append(SentBy);
        Parameters.AppendTo(text);
        return text.ToString();
    }

    private static string InternTransport(ReadOnlySpan<char> transport) => transport switch
    {
        "UDP" => "UDP",
        "TCP" => "TCP",
        "TLS" => "TLS",
        _ => transport.ToString(),
    };

    private bool HasGoodParameters() =>
        (Parameters["rport"] is null || Rport is not null) && (Parameters["ttl"] is null || Ttl is not null);
}
