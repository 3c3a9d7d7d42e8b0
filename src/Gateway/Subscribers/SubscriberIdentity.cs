using System.Diagnostics.CodeAnalysis;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Subscribers;

/// <summary>
/// An identity by which a caller is known, in the one form in which it is kept and compared: <c>sip:user@host</c> (user
/// unescaped, host in lower case, without port and parameters; RFC 3261 §19.1.4) or <c>tel:+49301234</c> (a global number
/// without visual separators; RFC 3966 §5.1.1).
/// </summary>
internal static class SubscriberIdentity
{
    /// <summary>ITU-T E.164: country code and number.</summary>
    private const int MaxDigits = 15;

    /// <summary>Brings what an operator wrote into the one form. sips: counts as sip:, a bare +number as tel:.</summary>
    /// <param name="text">The identity as written.</param>
    /// <param name="identity">The one form.</param>
    /// <param name="error">What is wrong with it, as the end of a sentence.</param>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? identity, [NotNullWhen(false)] out string? error)
    {
        identity = null;
        error = null;
        string written = text.Trim();
        if (written.StartsWith('+'))
            written = "tel:" + written;
        if (written.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
        {
            identity = OfNumber(written[4..]);
            if (identity is null)
                error = "is no global number: + and up to 15 digits (RFC 3966)";
            return identity is not null;
        }

        if (!written.StartsWith("sip", StringComparison.OrdinalIgnoreCase) || !SipUri.TryParse(written, out SipUri? uri)
            || string.IsNullOrEmpty(uri.User) || string.IsNullOrEmpty(uri.Host))
        {
            error = "is neither sip:user@host nor a tel: number";
            return false;
        }

        identity = OfSip(uri.User, uri.Host);
        return true;
    }

    /// <summary>The identities under which a caller may be kept, best first: the URI itself, then the number that it names.</summary>
    public static IEnumerable<string> Of(SipUri caller)
    {
        if (string.IsNullOrEmpty(caller.User))
            yield break;
        if (!string.IsNullOrEmpty(caller.Host))
            yield return OfSip(caller.User, caller.Host);

        // RFC 3261 §19.1.6: a number in the user part; parameters of tel: come after ';'.
        if (OfNumber(caller.User) is { } number)
            yield return number;
    }

    private static string OfSip(string user, string host) => $"sip:{user}@{host.ToLowerInvariant()}";

    private static string? OfNumber(string text)
    {
        int end = text.IndexOf(';', StringComparison.Ordinal);
        string digits = string.Concat((end < 0 ? text : text[..end]).Where(c => c is not ('-' or '.' or '(' or ')' or ' ')));
        return digits.Length is > 1 and <= MaxDigits + 1 && digits[0] == '+' && digits.Skip(1).All(char.IsAsciiDigit) ? "tel:" + digits : null;
    }
}
