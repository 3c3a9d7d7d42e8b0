namespace Avatar2D.Rtp.Sdp;

/// <summary>Reason and place of a refused body.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Line">Line number from 1; 0 where no single line is to blame.</param>
public readonly record struct SdpError(SdpRejection Reason, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{Reason} in line {Line}" : Reason.ToString();
}
