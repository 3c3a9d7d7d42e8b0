using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>A media line that we want in the session: its socket and what it may do.</summary>
public sealed record LocalMedia
{
    /// <summary>Audio or video.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>Address (or host name) that we announce.</summary>
    public required string Address { get; init; }

    /// <summary>RTP port.</summary>
    public required int Port { get; init; }

    /// <summary>RTCP port; null for the next one.</summary>
    public int? RtcpPort { get; init; }

    /// <summary>What we would do at most; the avatar's video is <see cref="MediaDirection.SendOnly"/>.</summary>
    public MediaDirection Direction { get; init; } = MediaDirection.SendRecv;

    /// <summary>b=AS in kbit/s; null writes none.</summary>
    public int? BandwidthKbps { get; init; }

    /// <summary>What we send with; with it retransmission (RFC 4588) is offered and taken. Null: nothing is declared, and there is none.</summary>
    public LocalSource? Source { get; init; }

    /// <summary>Our SRTP keys by suite, best first; tags are set by the exchange. Empty: no SRTP.</summary>
    public ImmutableArray<SdpCrypto> Cryptos { get; init; } = [];

    /// <summary>Our side of DTLS-SRTP; null: it is refused.</summary>
    public LocalDtls? Dtls { get; init; }
}
