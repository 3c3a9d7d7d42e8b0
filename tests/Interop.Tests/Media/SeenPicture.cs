namespace Avatar2D.Interop.Tests.Media;

/// <summary>What <see cref="RtpPeer"/> has got of the picture.</summary>
/// <param name="Packets">RTP packets.</param>
/// <param name="Pictures">Decoded.</param>
/// <param name="Width">Of the last one, pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Ssrc">Where it comes from.</param>
/// <param name="Tos">TOS bytes of the IP headers.</param>
/// <param name="Granted">Bit rate of the last TMMBN (RFC 5104 §4.2.2); 0 before.</param>
/// <param name="Ms">From one picture to the next, by the timestamps: the least of the last ten, so that one left out does not count.</param>
internal sealed record SeenPicture(int Packets, int Pictures, int Width, int Height, uint Ssrc, IReadOnlyList<int> Tos, long Granted, int Ms)
{
    /// <summary>Before the first packet.</summary>
    public static SeenPicture Nothing { get; } = new(0, 0, 0, 0, 0, [], 0, 0);
}
