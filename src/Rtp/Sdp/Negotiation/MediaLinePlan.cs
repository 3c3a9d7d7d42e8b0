using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>All that goes into one living m-line of ours.</summary>
internal sealed record MediaLinePlan
{
    public required string Media { get; init; }

    public required string Protocol { get; init; }

    public required LocalMedia Local { get; init; }

    public required ImmutableArray<PayloadFormat> Formats { get; init; }

    public required MediaDirection Direction { get; init; }

    /// <summary>The rtcp-fb values of a format.</summary>
    public required Func<PayloadFormat, IEnumerable<string>> Feedback { get; init; }

    public ImmutableArray<SdpCrypto> Cryptos { get; init; } = [];

    /// <summary>Attributes of DTLS-SRTP and ICE.</summary>
    public ImmutableArray<SdpAttributeLine> Dtls { get; init; } = [];

    /// <summary>Header extensions in use or offered.</summary>
    public ImmutableArray<ExtMap> Extensions { get; init; } = [];

    public int? PacketTimeMs { get; init; }

    public bool RtcpMux { get; init; }

    public string? Mid { get; init; }

    public ImmutableArray<SdpAttributeLine> Preconditions { get; init; } = [];

    public int? RtcpSendersBps { get; init; }

    public int? RtcpReceiversBps { get; init; }
}
