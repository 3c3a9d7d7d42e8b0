using System.Net;
using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Srtp;
using Avatar2D.Rtp.Stun;

namespace Avatar2D.Rtp.Sessions;

/// <summary>What an offer/answer exchange settled for one m-line; replaced as a whole.</summary>
public sealed record RtpSessionParameters
{
    /// <summary>Where the SDP wants RTP; null while unknown. Port 0 and 0.0.0.0 (old style hold) mean: send nothing.</summary>
    public IPEndPoint? RemoteRtp { get; init; }

    /// <summary>Where the SDP wants RTCP (a=rtcp, RFC 3605); null: the next port, or the RTP port with mux.</summary>
    public IPEndPoint? RemoteRtcp { get; init; }

    /// <summary>RTP and RTCP share the RTP port (RFC 5761).</summary>
    public bool RtcpMux { get; init; }

    /// <summary>Direction lets us send RTP. RTCP goes out either way.</summary>
    public bool SendRtp { get; init; } = true;

    /// <summary>Direction lets us take RTP; false drops and counts it.</summary>
    public bool ReceiveRtp { get; init; } = true;

    /// <summary>Payload types that may come in; all others are dropped, counted and never latched onto.</summary>
    public PayloadTypeSet ReceivePayloadTypes { get; init; }

    /// <summary>
    /// Those of them that stay out of the jitter: telephone events, since their timestamps stand still, and codecs of another clock
    /// than <see cref="ClockRateHz"/>.
    /// </summary>
    public PayloadTypeSet UntimedPayloadTypes { get; init; }

    /// <summary>b=RS plus b=RR, bit/s (RFC 3556); null: <see cref="RtpSessionOptions.Rtcp"/> holds. 0: no regular reports, but PLI and FIR go out.</summary>
    public int? RtcpBandwidthBitsPerSecond { get; init; }

    /// <summary>
    /// Keys of SRTP and SRTCP; null: plain RTP. The same keys again leave roll-over counters and replay windows alone. With keys,
    /// whatever is plain is dropped.
    /// </summary>
    public SrtpKeys? Srtp { get; init; }

    /// <summary>The peer of a DTLS handshake that gives the keys instead; null: none. Needs <see cref="RtcpMux"/>.</summary>
    public DtlsParameters? Dtls { get; init; }

    /// <summary>Our credentials of ICE-lite: connectivity checks that know them are answered and may move the peer. Null: no ICE.</summary>
    public IceCredentials? Ice { get; init; }

    /// <summary>
    /// Payload type of packets that are sent again in a stream of their own (RFC 4588); null: a missing packet is sent again as it was.
    /// </summary>
    public byte? RetransmissionPayloadType { get; init; }

    /// <summary>Identifier of the video orientation (CVO) that goes with key frames, 1 to 14; null: it was not negotiated.</summary>
    public int? OrientationId { get; init; }

    /// <summary>RTP clock, Hz. Default 8,000; Opus 48,000; video 90,000.</summary>
    public int ClockRateHz { get; init; } = 8000;
}
