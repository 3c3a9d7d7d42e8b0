using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Avatar2D.Sip.Messages;

/// <summary>Delta seconds with an optional comment and parameters: Session-Expires and Min-SE (RFC 4028), Retry-After (RFC 3261 §20.33).</summary>
/// <param name="Seconds">The number of seconds.</param>
/// <param name="Parameters">refresher, duration and others.</param>
public sealed record SecondsHeader(int Seconds, SipParameters Parameters)
{
    /// <summary>Seconds without parameters.</summary>
    public SecondsHeader(int seconds)
        : this(seconds, SipParameters.Empty)
    {
    }

    /// <summary>Who refreshes the session: <c>uac</c> or <c>uas</c>; null when open.</summary>
    public string? Refresher => Parameters["refresher"]?.ToLowerInvariant();

    /// <summary>The number as a time span.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);

    /// <summary>Parses the value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SecondsHeader? value)
    {
        value = null;
        SipScanner scanner = new(text);
        scanner.SkipSpace();
        if (!SipNumber.TryParseInt(scanner.TakeAll(SipChars.HostName), out int seconds))
        {
            return false;
        }

        scanner.SkipSpace();
        if (!scanner.TrySkipComment() || !SipParameters.TryRead(ref scanner, out SipParameters? parameters))
        {
            return false;
        }

        value = new(seconds, parameters);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds}{Parameters}");
}
