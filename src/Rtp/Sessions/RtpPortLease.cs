using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Rtp.Sessions;

/// <summary>A pair of bound sockets, owned by whoever rented it; disposing closes them and lets the port rest.</summary>
public sealed class RtpPortLease : IDisposable
{
    private readonly RtpPortPool _pool;
    private int _disposed;

    internal RtpPortLease(RtpPortPool pool, Socket rtp, Socket rtcp, IPEndPoint localRtp)
    {
        _pool = pool;
        Rtp = rtp;
        Rtcp = rtcp;
        LocalRtp = localRtp;
    }

    /// <summary>Bound address and even RTP port; RTCP is on the next port.</summary>
    public IPEndPoint LocalRtp { get; }

    /// <summary>RTP port, even.</summary>
    public int Port => LocalRtp.Port;

    internal Socket Rtp { get; }

    internal Socket Rtcp { get; }

    /// <summary>Closes both sockets; the second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Rtp.Dispose();
        Rtcp.Dispose();
        _pool.Return(Port);
    }
}
