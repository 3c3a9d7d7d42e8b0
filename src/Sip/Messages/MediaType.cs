using System.Diagnostics.CodeAnalysis;

namespace Avatar2D.Sip.Messages;

/// <summary>Content-Type and Accept: RFC 3261 §20.15, §20.1.</summary>
/// <param name="Type">Type, as in <c>application</c>.</param>
/// <param name="Subtype">Subtype, as in <c>sdp</c>.</param>
/// <param name="Parameters">Parameters, as boundary.</param>
public sealed record MediaType(string Type, string Subtype, SipParameters Parameters)
{
    /// <summary>application/sdp.</summary>
    public static readonly MediaType Sdp = new("application", "sdp", SipParameters.Empty);

    /// <summary>application/media_control+xml: RFC 5168.</summary>
    public static readonly MediaType MediaControl = new("application", "media_control+xml", SipParameters.Empty);

    /// <summary>True when type and subtype are the same without case.</summary>
    public bool Is(MediaType other) => Is(other.Type, other.Subtype);

    /// <summary>True when type and subtype are these without case.</summary>
    public bool Is(string type, string subtype) =>
        Type.Equals(type, StringComparison.OrdinalIgnoreCase) && Subtype.Equals(subtype, StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out MediaType? value)
    {
        value = null;
        SipScanner scanner = new(text);
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out ReadOnlySpan<char> type) || !scanner.TryTakeSeparator('/')
            || !scanner.TryTakeToken(out ReadOnlySpan<char> subtype) || !SipParameters.TryRead(ref scanner, out SipParameters? parameters))
        {
            return false;
        }

        value = type.SequenceEqual("application") && subtype.SequenceEqual("sdp") && parameters.Count == 0
            ? Sdp
            : new(type.ToString(), subtype.ToString(), parameters);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => $"{Type}/{Subtype}{Parameters}";
}
