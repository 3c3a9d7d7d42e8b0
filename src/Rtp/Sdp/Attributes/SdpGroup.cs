using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>a=group (RFC 5888): lines that belong together. We answer none: each line has its own port.</summary>
/// <param name="Semantics">BUNDLE, LS...</param>
/// <param name="Mids">The a=mid of the lines.</param>
public sealed record SdpGroup(string Semantics, ImmutableArray<string> Mids)
{
    /// <summary>Reads the attribute value.</summary>
    public static bool TryParse(string value, out SdpGroup? group)
    {
        ArgumentNullException.ThrowIfNull(value);
        string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        group = words.Length == 0 ? null : new(words[0], [.. words[1..]]);
        return group is not null;
    }
}
