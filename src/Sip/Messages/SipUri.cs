using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>
/// Immutable URI: sip and sips (RFC 3261 §19.1), tel (RFC 3966), and other schemes as opaque text.
/// <see cref="Equals(object)"/> compares the written text; <see cref="IsEquivalentTo"/> compares by the rules of the RFCs.
/// </summary>
public sealed class SipUri : IEquatable<SipUri>
{
    private string? _text;

    internal SipUri(string scheme) => Scheme = scheme;

    /// <summary>A sip URI of its parts; the user is escaped as needed.</summary>
    public SipUri(string? user, string host, int? port = null, bool secure = false)
    {
        SipHeader.ThrowIfBreaksLine(host);
        Scheme = secure ? "sips" : "sip";
        User = user;
        Host = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
        Port = port;
    }

    /// <summary>Scheme in lower case.</summary>
    public string Scheme { get; }

    /// <summary>Unescaped user of a sip URI, number of a tel URI with its visual separators; null when absent.</summary>
    public string? User { get; internal init; }

    /// <summary>Unescaped password; null when absent.</summary>
    public string? Password { get; internal init; }

    /// <summary>Host name, IPv4 address or [IPv6 address]; empty for other schemes than sip and sips.</summary>
    public string Host { get; internal init; } = "";

    /// <summary>Port; null when the URI names none.</summary>
    public int? Port { get; internal init; }

    /// <summary>URI parameters, unescaped.</summary>
    public SipParameters Parameters { get; internal init; } = SipParameters.EmptyOfUri;

    /// <summary>URI headers (after <c>?</c>), unescaped.</summary>
    public SipParameters Headers { get; internal init; } = SipParameters.EmptyOfUri;

    /// <summary>What follows the colon of a scheme that we do not know; empty for sip, sips and tel.</summary>
    public string Opaque { get; internal init; } = "";

    /// <summary>True for sip and sips.</summary>
    public bool IsSip => Scheme is "sip" or "sips";

    /// <summary>True for sips.</summary>
    public bool IsSecure => Scheme is "sips";

    /// <summary>True for tel.</summary>
    public bool IsTel => Scheme is "tel";

    /// <summary>True when the <c>lr</c> parameter is there: RFC 3261 §19.1.1.</summary>
    public bool IsLooseRouter => Parameters.Contains("lr");

    /// <summary>The transport parameter; null when absent.</summary>
    public string? Transport => Parameters["transport"];

    /// <summary>The host as an address; null when it is a name.</summary>
    public IPAddress? Address => Host.Length == 0 ? null : HostSyntax.Address(Host);

    /// <summary>Digits of the user or tel number without visual separators, with its leading plus; null when the user is no phone number.</summary>
    public string? PhoneNumber => TelSyntax.Number(User);

    /// <summary>Parses a whole URI. RFC 3261 §19.1, RFC 3966, RFC 3986.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipUri? uri)
    {
        if (!SipUriSyntax.TryParse(text, out uri))
        {
            return false;
        }

        // A URI is passed on as it came (RFC 3261 §16.4), unless its host had the extra colon of RFC 5118 §4.10.
        if (!text.Contains(":::", StringComparison.Ordinal))
        {
            uri._text = text.ToString();
        }

        return true;
    }

    /// <summary>Parses a URI that is known to be good, as from code or checked settings.</summary>
    /// <exception cref="FormatException">The text is no URI.</exception>
    public static SipUri Parse(string text) =>
        TryParse(text, out SipUri? uri) ? uri : throw new FormatException("Not a SIP, SIPS, TEL or other URI.");

    /// <summary>This URI with another user.</summary>
    public SipUri WithUser(string? user) => Copy(user, Host, Port, Parameters, Headers);

    /// <summary>This URI with another host and port.</summary>
    public SipUri WithHost(string host, int? port) => Copy(User, new SipUri(null, host).Host, port, Parameters, Headers);

    /// <summary>This URI with one parameter set; null means a parameter without value.</summary>
    public SipUri WithParameter(string name, string? value) => Copy(User, Host, Port, Parameters.With(name, value), Headers);

    /// <summary>This URI without one parameter.</summary>
    public SipUri WithoutParameter(string name) => Copy(User, Host, Port, Parameters.Without(name), Headers);

    /// <summary>This URI without headers and without the parameters that a Request-URI may not have: RFC 3261 §19.1.1 (method).</summary>
    public SipUri ToRequestUri() => Copy(User, Host, Port, Parameters.Without("method"), SipParameters.EmptyOfUri);

    /// <summary>Equal by RFC 3261 §19.1.4 and RFC 3966 §4. Not transitive, therefore not <see cref="Equals(object)"/>.</summary>
    public bool IsEquivalentTo(SipUri other) => SipUriComparison.AreEquivalent(this, other);

    /// <inheritdoc/>
    public bool Equals(SipUri? other) => other is not null && ToString().Equals(other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipUri);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The URI as it is written: a parsed one as it came, others escaped as needed.</summary>
    public override string ToString() => _text ??= Write();

    private SipUri Copy(string? user, string host, int? port, SipParameters parameters, SipParameters headers) => new(Scheme)
    {
        User = user,
        Password = Password,
        Host = host,
        Port = port,
        Parameters = parameters,
        Headers = headers,
        Opaque = Opaque,
    };

    private string Write()
    {
        StringBuilder text = new(64);
        text.Append(Scheme).Append(':').Append(Opaque);
        if (IsTel)
        {
            text.Append(User);
        }
        else if (IsSip)
        {
            if (User is not null)
            {
                text.Append(SipChars.Escape(User, SipChars.User));
                if (Password is not null)
                {
                    text.Append(':').Append(SipChars.Escape(Password, SipChars.Password));
                }

                text.Append('@');
            }

            text.Append(Host);
            if (Port is { } port)
            {
                text.Append(':').Append(port);
            }
        }

        SipUriSyntax.AppendParameters(text, Parameters);
        SipUriSyntax.AppendHeaders(text, Headers);
        return text.ToString();
    }
}
