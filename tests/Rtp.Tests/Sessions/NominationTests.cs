using System.Net;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Rtp.Tests.Sessions;

/// <summary>ICE moves the peer: what the SDP's c= line says no longer counts, until the SDP itself moves.</summary>
public sealed class NominationTests
{
    private static readonly IPEndPoint Sdp = IPEndPoint.Parse("10.0.0.1:4000");
    private static readonly SocketAddress Path = IPEndPoint.Parse("192.0.2.7:5000").Serialize();

    private readonly RemoteAddresses _remote = new(3, 1000);

    [Fact]
    public void Nominate_NewPath_MovesRtpAndMuxedRtcp()
    {
        _remote.Configure(SessionPair.Parameters(Sdp, mux: true));
        Assert.True(_remote.Nominate(Path, onRtcpSocket: false));
        Assert.Equal(Path, _remote.Targets.Rtp);
        Assert.Equal(Path, _remote.Targets.Rtcp);
        Assert.False(_remote.Nominate(Path, onRtcpSocket: false)); // No news.
        _remote.Configure(SessionPair.Parameters(Sdp, mux: true)); // A refresh leaves it.
        Assert.Equal(Path, _remote.Targets.Rtp);
    }

    [Fact]
    public void Nominate_ThenAnSdpThatMoves_FollowsTheSdp()
    {
        _remote.Configure(SessionPair.Parameters(Sdp));
        _remote.Nominate(Path, onRtcpSocket: false);
        IPEndPoint moved = IPEndPoint.Parse("10.0.0.1:6000");
        _remote.Configure(SessionPair.Parameters(moved));
        Assert.Equal(moved.Serialize(), _remote.Targets.Rtp);
    }

    [Fact]
    public void Nominate_OnTheRtcpSocket_MovesRtcpAlone()
    {
        _remote.Configure(SessionPair.Parameters(Sdp));
        Assert.True(_remote.Nominate(Path, onRtcpSocket: true));
        Assert.Equal(Sdp.Serialize(), _remote.Targets.Rtp);
        Assert.Equal(Path, _remote.Targets.Rtcp);
    }
}
