namespace Avatar2D.Interop.Tests.Media;

/// <summary>What <see cref="RtpPeer"/> has got of the sound.</summary>
/// <param name="Packets">RTP packets.</param>
/// <param name="Types">Packets by payload type.</param>
/// <param name="Sources">SSRCs.</param>
/// <param name="Tos">TOS bytes of the IP headers.</param>
/// <param name="Ms">Packet time, by the timestamps.</param>
/// <param name="Refused">Packets that SRTP did not open.</param>
/// <param name="Dbov">Loudness of the last quarter of a second.</param>
/// <param name="Hz">Tone of it, by its zero crossings.</param>
internal sealed record HeardSound(
    int Packets, IReadOnlyDictionary<string, int> Types, IReadOnlyList<uint> Sources, IReadOnlyList<int> Tos, int Ms, int Refused, double Dbov, int Hz)
{
    /// <summary>Before the first packet.</summary>
    public static HeardSound Nothing { get; } = new(0, new Dictionary<string, int>(), [], [], 0, 0, -127, 0);
}
