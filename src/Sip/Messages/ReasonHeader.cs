using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Avatar2D.Sip.Messages;

/// <summary>Reason: RFC 3326.</summary>
/// <param name="Protocol">SIP, Q.850, ...</param>
/// <param name="Parameters">cause, text and others.</param>
public sealed record ReasonHeader(string Protocol, SipParameters Parameters)
{
    /// <summary>A reason with cause and text.</summary>
    public ReasonHeader(string protocol, int cause, string? text)
        : this(protocol, SipParameters.Empty.With("cause", cause.ToString(CultureInfo.InvariantCulture)))
    {
        if (text is not null)
        {
            SipHeader.ThrowIfBreaksLine(text);
            Parameters = Parameters.WithRaw("text", SipChars.Quote(text));
        }
    }

    /// <summary>Cause code of the protocol; null when absent.</summary>
    public int? Cause => Parameters["cause"] is { } text && SipNumber.TryParseInt(text, out int cause) ? cause : null;

    /// <summary>Text for people; null when absent.</summary>
    public string? Text => Parameters["text"];

    /// <summary>Parses one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out ReasonHeader? value)
    {
        value = SipValueWithParameters.TryParse(text, out SipValueWithParameters? parts) ? new(parts.Value, parts.Parameters) : null;
        return value is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Protocol + Parameters;
}
