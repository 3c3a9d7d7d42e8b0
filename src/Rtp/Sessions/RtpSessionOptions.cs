using Avatar2D.Rtp.Diagnostics;
using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Rtp.Sessions;

/// <summary>What is fixed for the life of a session.</summary>
public sealed record RtpSessionOptions
{
    /// <summary>CNAME of the sender reports: the same for audio and video of one call, or receivers cannot match them. 1 to 255 bytes of UTF-8.</summary>
    public required string Cname { get; init; }

    /// <summary>Tag of the metrics. Default audio.</summary>
    public RtpStreamKind Kind { get; init; } = RtpStreamKind.Audio;

    /// <summary>Our SSRC; null: a random one.</summary>
    public uint? Ssrc { get; init; }

    /// <summary>SSRC of packets that are sent again where a stream of their own was negotiated (RFC 4588 §5.3); null: made of the other.</summary>
    public uint? RetransmissionSsrc { get; init; }

    /// <summary>Report intervals.</summary>
    public RtcpSchedulerOptions Rtcp { get; init; } = new();

    /// <summary>
    /// Longest payload sent, bytes. Default 1,188: 1,200 with the RTP header, safe through tunnels and SRTP on an MTU of 1,280, also
    /// with the 8 bytes that the orientation of a key frame takes or the 2 of a packet that is sent again.
    /// </summary>
    public int MaxPayloadBytes { get; init; } = 1188;

    /// <summary>Valid packets from one address other than the SDP's before we send there. Default 3.</summary>
    public int LatchAfterPackets { get; init; } = 3;

    /// <summary>How long the SDP's address must be silent before the same SSRC may move elsewhere (a NAT that rebinds). Default 1 s.</summary>
    public TimeSpan LatchAfterSilence { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>At most one PLI or FIR goes out in this time. Default 500 ms.</summary>
    public TimeSpan KeyFrameRequestInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Sent packets that are kept for a peer that misses some (NACK, RFC 4585 §6.2.1). Default 0: none, as for voice. 256 packets are
    /// a second or more of a picture, and 300 kB.
    /// </summary>
    public int KeptPackets { get; init; }

    /// <summary>Kept packets older than this are not sent again: they would be shown too late. Default 500 ms.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two sendings of one kept packet; the peer asks faster than the way allows. Default 40 ms.</summary>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Speaks DTLS where it is negotiated; null: it never is.</summary>
    public IDtlsProvider? Dtls { get; init; }

    /// <summary>DSCP of both sockets, 0 to 63. Default 46 (EF, voice); 34 (AF41) is usual for video (RFC 4594).</summary>
    public int Dscp { get; init; } = 46;
}
