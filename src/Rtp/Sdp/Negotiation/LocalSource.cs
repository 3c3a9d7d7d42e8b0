namespace Avatar2D.Rtp.Sdp;

/// <summary>The SSRCs that a line of ours sends with, as it declares them (RFC 5576).</summary>
/// <param name="Ssrc">Of the stream.</param>
/// <param name="RetransmissionSsrc">Of the packets that are sent again (RFC 4588 §5.3: multiplexed by SSRC).</param>
/// <param name="Cname">As in RTCP.</param>
public sealed record LocalSource(uint Ssrc, uint RetransmissionSsrc, string Cname)
{
    /// <summary>Attributes of the line: both sources, and the group that joins them (RFC 5576 §4.1, §4.2).</summary>
    internal IEnumerable<SdpAttributeLine> Attributes =>
    [
        new("ssrc-group", $"FID {Ssrc} {RetransmissionSsrc}"),
        new("ssrc", $"{Ssrc} cname:{Cname}"),
        new("ssrc", $"{RetransmissionSsrc} cname:{Cname}"),
    ];
}
