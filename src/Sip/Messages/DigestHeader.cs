using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>Challenge or credentials: scheme and comma-separated parameters. RFC 3261 §20.44, RFC 8760.</summary>
/// <param name="Scheme">Digest, or another scheme.</param>
/// <param name="Parameters">realm, nonce, ...; the indexer gives values without quotes.</param>
public sealed record DigestHeader(string Scheme, SipParameters Parameters)
{
    /// <summary>True for the Digest scheme.</summary>
    public bool IsDigest => Scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses a whole header line; these headers are not split at commas (RFC 3261 §7.3.1).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DigestHeader? value)
    {
        value = null;
        SipScanner scanner = new(text);
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out ReadOnlySpan<char> scheme))
        {
            return false;
        }

        SipParameters? parameters = SipParameters.Empty;
        if (!scanner.SkipToEnd())
        {
            if (!SipParameters.TryReadOne(ref scanner, out SipParameter first) || !SipParameters.TryRead(ref scanner, ',', out parameters))
            {
                return false;
            }

            parameters = new([first, .. parameters]);
        }

        value = new(scheme.ToString(), parameters);
        return true;
    }

    /// <summary>These credentials with a parameter that is written in quotes.</summary>
    public DigestHeader WithQuoted(string name, string parameter) =>
        this with { Parameters = Parameters.WithRaw(name, SipChars.Quote(parameter)) };

    /// <summary>These credentials with a parameter that is written bare, as algorithm, qop, nc and stale.</summary>
    public DigestHeader WithToken(string name, string parameter) => this with { Parameters = Parameters.WithRaw(name, parameter) };

    /// <summary>The value as it is written.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Scheme, 256);
        string before = " ";
        foreach (SipParameter item in Parameters)
        {
            text.Append(before).Append(item.Name).Append('=').Append(item.Value);
            before = ", ";
        }

        return text.ToString();
    }
}
