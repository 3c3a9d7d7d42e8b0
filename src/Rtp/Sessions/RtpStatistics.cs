using System.Net;
using Avatar2D.Rtp.Diagnostics;

namespace Avatar2D.Rtp.Sessions;

/// <summary>Counters of a session at one moment; packets unless said otherwise.</summary>
public readonly record struct RtpStatistics
{
    /// <summary>RTP sent.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Payload bytes sent.</summary>
    public long OctetsSent { get; init; }

    /// <summary>RTP sent again because the peer missed it; not in <see cref="PacketsSent"/>.</summary>
    public long PacketsRepeated { get; init; }

    /// <summary>RTP and RTCP that the kernel did not take.</summary>
    public long SendDrops { get; init; }

    /// <summary>RTP received from the present source.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>Payload bytes received from the present source.</summary>
    public long OctetsReceived { get; init; }

    /// <summary>Lost on the way to us; negative with duplicates.</summary>
    public long PacketsLost { get; init; }

    /// <summary>Interarrival jitter at our end (RFC 3550 A.8).</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Dropped: payload type not negotiated.</summary>
    public long UnknownPayloadType { get; init; }

    /// <summary>Dropped: not RTP or RTCP by form.</summary>
    public long Malformed { get; init; }

    /// <summary>Ignored: STUN.</summary>
    public long Stun { get; init; }

    /// <summary>Ignored: DTLS.</summary>
    public long Dtls { get; init; }

    /// <summary>Dropped: from an address that is neither the SDP's nor the one latched onto.</summary>
    public long ForeignSource { get; init; }

    /// <summary>Dropped: SRTP is in force and the packet is plain, forged or repeated.</summary>
    public long NotAuthentic { get; init; }

    /// <summary>Dropped: the direction forbids receiving.</summary>
    public long Gated { get; init; }

    /// <summary>Compound RTCP sent.</summary>
    public long RtcpSent { get; init; }

    /// <summary>Compound RTCP received.</summary>
    public long RtcpReceived { get; init; }

    /// <summary>PLI and FIR sent.</summary>
    public long KeyFrameRequestsSent { get; init; }

    /// <summary>PLI and FIR received.</summary>
    public long KeyFrameRequestsReceived { get; init; }

    /// <summary>Loss that the peer last reported, in 1/256.</summary>
    public byte RemoteFractionLost { get; init; }

    /// <summary>Packets that the peer reports as lost since the beginning.</summary>
    public int RemoteCumulativeLost { get; init; }

    /// <summary>Jitter that the peer last reported.</summary>
    public TimeSpan RemoteJitter { get; init; }

    /// <summary>Round trip of the last report block that allowed it; null before.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>Our SSRC.</summary>
    public uint LocalSsrc { get; init; }

    /// <summary>The peer's SSRC; null before its first packet.</summary>
    public uint? RemoteSsrc { get; init; }

    /// <summary>Where RTP goes now; null when nowhere.</summary>
    public IPEndPoint? RemoteRtp { get; init; }

    /// <summary>What the metrics take at the end.</summary>
    internal RtpStreamTotals ToTotals() => new(
        PacketsSent, PacketsReceived, PacketsLost, SendDrops, UnknownPayloadType + Malformed + Stun + Dtls + ForeignSource + NotAuthentic, Jitter, RoundTrip);

    /// <summary>True when that is not the SDP's address but the one that packets come from.</summary>
    public bool IsLatched { get; init; }
}
