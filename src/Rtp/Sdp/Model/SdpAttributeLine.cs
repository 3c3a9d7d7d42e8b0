namespace Avatar2D.Rtp.Sdp;

/// <summary>One a= line (RFC 8866 §5.13): a flag, or a name with a value kept as it came.</summary>
/// <param name="Name">Name before the colon; compared with case, as the RFC asks.</param>
/// <param name="Value">All after the colon; null for a flag.</param>
public readonly record struct SdpAttributeLine(string Name, string? Value = null)
{
    /// <inheritdoc/>
    public override string ToString() => Value is null ? $"a={Name}" : $"a={Name}:{Value}";

    internal static SdpAttributeLine Parse(string value)
    {
        int colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(value.Trim()) : new(value[..colon].Trim(), value[(colon + 1)..].Trim());
    }
}
