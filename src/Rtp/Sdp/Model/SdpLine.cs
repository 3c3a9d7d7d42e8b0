namespace Avatar2D.Rtp.Sdp;

/// <summary>A line that has no field of its own in the model (i, u, e, p, r, z, k and unknown letters), kept as it came.</summary>
/// <param name="Type">The letter before "=".</param>
/// <param name="Value">All after "=".</param>
public readonly record struct SdpLine(char Type, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}={Value}";
}
