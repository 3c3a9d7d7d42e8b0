using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>What all calls' media share.</summary>
internal sealed record MediaServices
{
    /// <summary>Settings.</summary>
    public required GatewayOptions Options { get; init; }

    /// <summary>The media threads.</summary>
    public required MediaClock Clock { get; init; }

    /// <summary>The one wall clock of all sender reports.</summary>
    public required RtcpClock Rtcp { get; init; }

    /// <summary>The avatars' pictures.</summary>
    public required StageCache Stages { get; init; }

    /// <summary>What callers hear.</summary>
    public required AudioReturn Return { get; init; }

    /// <summary>Speaks DTLS; null where SRTP is switched off.</summary>
    public IDtlsProvider? Dtls { get; init; }

    /// <summary>Log of the media.</summary>
    public required ILogger Logger { get; init; }
}
