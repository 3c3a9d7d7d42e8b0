using System.Diagnostics.CodeAnalysis;

namespace Avatar2D.Sip.Messages;

/// <summary>A token with parameters: Event, Reason, Content-Disposition, Subscription-State, Accept-Encoding.</summary>
/// <param name="Value">The token.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record SipValueWithParameters(string Value, SipParameters Parameters)
{
    /// <summary>Parses one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipValueWithParameters? value)
    {
        value = null;
        SipScanner scanner = new(text);
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out ReadOnlySpan<char> token) || !SipParameters.TryRead(ref scanner, out SipParameters? parameters))
        {
            return false;
        }

        value = new(token.ToString(), parameters);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value + Parameters;
}
