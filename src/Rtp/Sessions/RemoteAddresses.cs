using System.Net;

namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// Keeps the two latches of a session in step: where RTP moves, RTCP follows, to the next port until the peer's own RTCP
/// shows another. Not thread-safe; <see cref="Targets"/> may be read by any thread.
/// </summary>
internal sealed class RemoteAddresses
{
    private readonly SourceLatch _rtp;
    private readonly SourceLatch _rtcp;
    private IPEndPoint? _sdpRtp;
    private IPEndPoint? _sdpRtcp;
    private bool _mux;
    private SocketAddress? _expectedRtp;
    private SocketAddress? _expectedRtcp;
    private volatile RemoteTargets _targets = RemoteTargets.None;

    /// <summary>Starts without addresses.</summary>
    public RemoteAddresses(int packetsToLatch, long silenceTicks)
    {
        _rtp = new SourceLatch(packetsToLatch, silenceTicks);
        _rtcp = new SourceLatch(1, silenceTicks);
    }

    /// <summary>Where packets go now.</summary>
    public RemoteTargets Targets => _targets;

    /// <summary>True when RTP goes to an address that the SDP does not name.</summary>
    public bool IsLatched => _rtp.Latched is not null;

    /// <summary>Takes the addresses of an SDP; the same ones again change nothing (a refresh leaves media alone).</summary>
    public void Configure(RtpSessionParameters parameters)
    {
        if (Equals(_sdpRtp, parameters.RemoteRtp) && Equals(_sdpRtcp, parameters.RemoteRtcp) && _mux == parameters.RtcpMux)
            return;
        bool rtpMoves = !Equals(_sdpRtp, parameters.RemoteRtp);
        _sdpRtp = parameters.RemoteRtp;
        _sdpRtcp = parameters.RemoteRtcp;
        _mux = parameters.RtcpMux;
        if (rtpMoves)
        {
            _expectedRtp = SocketAddresses.OfUsable(_sdpRtp);
            _rtp.Arm(_expectedRtp);
        }

        ArmRtcp(_sdpRtcp ?? NextPort(_sdpRtp));
        Publish();
    }

    /// <summary>Judges the source of a valid RTP packet.</summary>
    public LatchVerdict OnRtp(SocketAddress source, uint ssrc, long now)
    {
        LatchVerdict verdict = _rtp.OnPacket(source, ssrc, now);
        if (verdict == LatchVerdict.Latched && _rtp.Latched is not null)
        {
            if (!_mux)
                ArmRtcp(NextPort(SocketAddresses.ToEndPoint(_rtp.Latched)));
            Publish();
        }

        return verdict;
    }

    /// <summary>Judges the source of a valid RTCP packet; only the host that RTP goes to can move the target.</summary>
    public bool IsRtcpWelcome(SocketAddress source, uint ssrc, long now, bool onRtcpSocket)
    {
        if (!onRtcpSocket)
            return _rtp.Knows(source);
        if (_targets.Rtp is null || !SocketAddresses.SameHost(source, _targets.Rtp))
            return _rtcp.Knows(source) && _rtp.Latched is null;
        LatchVerdict verdict = _rtcp.OnPacket(source, ssrc, now);
        if (verdict == LatchVerdict.Latched)
            Publish();
        return verdict != LatchVerdict.Foreign;
    }

    /// <summary>
    /// ICE has chosen this path: packets go there, whatever the SDP's c= line says, until an SDP names another address. True when
    /// that is news.
    /// </summary>
    public bool Nominate(SocketAddress source, bool onRtcpSocket)
    {
        SocketAddress? now = onRtcpSocket ? _targets.Rtcp : _targets.Rtp;
        if (source.Equals(now) || (onRtcpSocket && _mux))
            return false;
        SocketAddress chosen = SocketAddresses.Copy(source);
        if (onRtcpSocket)
        {
            _expectedRtcp = chosen;
            _rtcp.Arm(chosen);
        }
        else
        {
            _expectedRtp = chosen;
            _rtp.Arm(chosen);
        }

        Publish();
        return true;
    }

    /// <summary>A handshake may come from where RTP may.</summary>
    public bool IsDtlsWelcome(SocketAddress source) => _rtp.Knows(source);

    private static IPEndPoint? NextPort(IPEndPoint? rtp) =>
        rtp is null || rtp.Port is 0 or 65535 ? null : new IPEndPoint(rtp.Address, rtp.Port + 1);

    private void ArmRtcp(IPEndPoint? expected)
    {
        _expectedRtcp = SocketAddresses.OfUsable(expected);
        _rtcp.Arm(_expectedRtcp);
    }

    private void Publish()
    {
        SocketAddress? rtp = _expectedRtp is null ? null : _rtp.Latched ?? _expectedRtp;
        SocketAddress? rtcp = _mux ? rtp : _rtcp.Latched ?? _expectedRtcp;
        _targets = new RemoteTargets(rtp, rtcp);
    }
}
