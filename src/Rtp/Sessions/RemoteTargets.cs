using System.Net;

namespace Avatar2D.Rtp.Sessions;

/// <summary>Where packets go now; immutable, replaced as a whole.</summary>
/// <param name="Rtp">RTP; null: nowhere.</param>
/// <param name="Rtcp">RTCP; null: nowhere.</param>
internal sealed record RemoteTargets(SocketAddress? Rtp, SocketAddress? Rtcp)
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly RemoteTargets None = new(null, null);
}
