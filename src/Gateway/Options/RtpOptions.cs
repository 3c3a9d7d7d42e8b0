using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>RTP and RTCP transport (RFC 3550): addresses, ports, jitter buffer, time-outs.</summary>
public sealed record RtpOptions
{
    /// <summary>
    /// Local addresses for media, one per network interface; a call takes the one whose interface faces its peer. A
    /// wildcard address fits every peer. An address may end in " advertise HOST": then SDP carries that one.
    /// </summary>
    /// <value>Default: 0.0.0.0. Unit: list of IP addresses.</value>
    [MinLength(1)]
    public IReadOnlyList<string> BindAddresses { get; init; } = ["0.0.0.0"];

    /// <summary>Public media address in SDP c= lines behind a NAT. Empty: <see cref="SipOptions.AdvertisedAddress"/>.</summary>
    /// <value>Default: empty. Unit: IP address or host name.</value>
    public string AdvertisedAddress { get; init; } = "";

    /// <summary>
    /// Lowest port of the media range, even. The range lies below 32768, where Linux takes its own ephemeral ports.
    /// </summary>
    /// <value>Default: 20000. Unit: UDP port number.</value>
    [Range(1024, 65534)]
    public int PortMin { get; init; } = 20000;

    /// <summary>Highest port of the media range. A call needs four: RTP and RTCP of audio and of video.</summary>
    /// <value>Default: 29999. Unit: UDP port number.</value>
    [Range(1025, 65535)]
    public int PortMax { get; init; } = 29999;

    /// <summary>How long a port rests after a call, so that late packets of the old call cannot reach the next one.</summary>
    /// <value>Default: 5. Unit: seconds.</value>
    [Range(0, 300)]
    public int QuarantineSeconds { get; init; } = 5;

    /// <summary>
    /// A call whose audio receives neither RTP nor RTCP for so long is ended; silence of the video alone, and silence
    /// while on hold, never ends a call. 0: never.
    /// </summary>
    /// <value>Default: 30. Unit: seconds.</value>
    [Range(0, 3600)]
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Smallest delay of the audio jitter buffer: what a quiet network is charged.</summary>
    /// <value>Default: 20. Unit: milliseconds.</value>
    [Range(0, 500)]
    public int JitterMinMs { get; init; } = 20;

    /// <summary>Largest delay of the audio jitter buffer: packets later than this are lost.</summary>
    /// <value>Default: 200. Unit: milliseconds.</value>
    [Range(20, 2000)]
    public int JitterMaxMs { get; init; } = 200;

    /// <summary>
    /// Largest RTP packet that is sent, header and extension included, sent again or not. 1200 + 8 (UDP) + 40 (IPv6) stays under the 1280 bytes that
    /// every IPv6 path carries (RFC 8200 §5), with room for SRTP and one tunnel header.
    /// </summary>
    /// <value>Default: 1200. Unit: bytes.</value>
    [Range(256, 1400)]
    public int MaxPacketBytes { get; init; } = 1200;

    /// <summary>
    /// Video packets that a peer misses (NACK) are sent again in a stream of their own where it knows that (rtx, RFC 4588). False, or with
    /// a peer that does not: they are sent again as they were.
    /// </summary>
    /// <value>Default: true. Unit: true or false.</value>
    public bool Retransmission { get; init; } = true;

    /// <summary>DSCP of voice packets: 46 is expedited forwarding (RFC 4594 §4.1), 0 marks nothing.</summary>
    /// <value>Default: 46. Unit: code point, 0 to 63.</value>
    [Range(0, 63)]
    public int VoiceDscp { get; init; } = 46;

    /// <summary>DSCP of video packets: 34 is assured forwarding AF41, the class of video calls (RFC 4594 §4.3).</summary>
    /// <value>Default: 34. Unit: code point, 0 to 63.</value>
    [Range(0, 63)]
    public int VideoDscp { get; init; } = 34;

    /// <summary>
    /// SRTP with keys in SDP (RFC 4568): AES-CM with HMAC-SHA1 of 80 or 32 bits, AES-GCM of 128 or 256 bits. The keys are as
    /// secret as the signalling that carries them: use it with SIP over TLS, or inside a network that is trusted.
    /// </summary>
    /// <value>Default: optional. Unit: one of off, optional, required.</value>
    public SrtpMode Srtp { get; init; } = SrtpMode.Optional;

    /// <summary><see cref="QuarantineSeconds"/> as a span.</summary>
    public TimeSpan Quarantine => TimeSpan.FromSeconds(QuarantineSeconds);

    /// <summary><see cref="TimeoutSeconds"/> as a span; null when media never times out.</summary>
    public TimeSpan? Timeout => TimeoutSeconds == 0 ? null : TimeSpan.FromSeconds(TimeoutSeconds);
}
