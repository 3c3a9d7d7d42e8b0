using System.Net;
using System.Net.Sockets;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>From what SDP says of a line to what its RTP session needs.</summary>
internal static class RtpParameters
{
    /// <summary>So long a host name in SDP may take: the call's loop waits for it.</summary>
    private static readonly TimeSpan LookUpTime = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Parameters of an accepted line. A host name is looked up; one without address leaves the line without a far end, so
    /// that nothing is sent until a later description names one.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="family">Of our socket: an address of the other one could not be sent to.</param>
    /// <param name="time">Clock of the look-up's bound.</param>
    /// <param name="logger">Told of names that cannot be found.</param>
    public static async Task<RtpSessionParameters> OfAsync(NegotiatedMedia line, AddressFamily family, TimeProvider time, ILogger logger)
    {
        PayloadTypeSet types = PayloadTypeSet.None;
        PayloadTypeSet untimed = PayloadTypeSet.None;
        foreach (NegotiatedCodec codec in line.Codecs)
        {
            types = types.With((byte)codec.ReceivePayloadType);
            if (codec.ClockRateHz != line.Codec?.ClockRateHz)
                untimed = untimed.With((byte)codec.ReceivePayloadType);
        }

        if (line.TelephoneEvent is { } telephoneEvent)
            untimed = untimed.With((byte)telephoneEvent.ReceivePayloadType);
        if (line.ComfortNoise is { } noise)
            types = types.With((byte)noise.ReceivePayloadType);
        return new RtpSessionParameters
        {
            RemoteRtp = await ResolveAsync(line.RemoteRtp, family, time, logger),
            RemoteRtcp = await ResolveAsync(line.RemoteRtcp, family, time, logger),
            RtcpMux = line.RtcpMux,
            SendRtp = line.Sends && !line.RemoteHold,
            ReceiveRtp = line.Receives,
            ReceivePayloadTypes = new PayloadTypeSet(types.Low | untimed.Low, types.High | untimed.High),
            UntimedPayloadTypes = untimed,
            Srtp = SrtpSetup.KeysOf(line),
            Dtls = DtlsSetup.ParametersOf(line),
            Ice = DtlsSetup.IceOf(line),
            RetransmissionPayloadType = (byte?)line.Retransmission?.SendPayloadType,
            OrientationId = line.OrientationId,
            RtcpBandwidthBitsPerSecond = RtcpBandwidth(line),
            ClockRateHz = line.Codec?.ClockRateHz ?? 8000,
        };
    }

    /// <summary>
    /// What the far end's b=RS and b=RR leave for RTCP, bit/s (RFC 3556 §2); null without them. One that is missing is the usual share of what
    /// is usual: a quarter for senders.
    /// </summary>
    private static int? RtcpBandwidth(NegotiatedMedia line)
    {
        if (line.RtcpSendersBps is null && line.RtcpReceiversBps is null)
            return null;
        int usual = new RtcpSchedulerOptions().RtcpBandwidthBitsPerSecond;
        long sum = (long)(line.RtcpSendersBps ?? (usual / 4)) + (line.RtcpReceiversBps ?? (usual * 3 / 4));
        return (int)Math.Clamp(sum, 0, int.MaxValue);
    }

    private static async Task<IPEndPoint?> ResolveAsync(RemoteEndpoint? remote, AddressFamily family, TimeProvider time, ILogger logger)
    {
        if (remote is null)
            return null;
        if (remote.ToIPEndPoint() is { } endPoint)
            return endPoint;
        try
        {
            using var bound = new CancellationTokenSource(LookUpTime, time);
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(remote.Host, family, bound.Token);
            if (addresses.Length > 0)
                return new IPEndPoint(addresses[0], remote.Port);
            CallLog.NameNotFound(logger, remote.Host, "it has no address of our family");
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException or OperationCanceledException)
        {
            CallLog.NameNotFound(logger, remote.Host, exception.Message);
        }

        return null;
    }
}
