using System.Net;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>From what SDP says of a line to what its RTP session needs.</summary>
internal static class RtpParameters
{
    /// <summary>Parameters of an accepted line; a host name is looked up.</summary>
    public static async Task<RtpSessionParameters> OfAsync(NegotiatedMedia line)
    {
        PayloadTypeSet types = PayloadTypeSet.None;
        foreach (NegotiatedCodec codec in line.Codecs)
            types = types.With((byte)codec.ReceivePayloadType);
        PayloadTypeSet events = PayloadTypeSet.None;
        if (line.TelephoneEvent is { } telephoneEvent)
            events = events.With((byte)telephoneEvent.ReceivePayloadType);
        if (line.ComfortNoise is { } noise)
            types = types.With((byte)noise.ReceivePayloadType);
        return new RtpSessionParameters
        {
            RemoteRtp = await ResolveAsync(line.RemoteRtp),
            RemoteRtcp = await ResolveAsync(line.RemoteRtcp),
            RtcpMux = line.RtcpMux,
            SendRtp = line.Sends && !line.RemoteHold,
            ReceiveRtp = line.Receives,
            ReceivePayloadTypes = new PayloadTypeSet(types.Low | events.Low, types.High | events.High),
            EventPayloadTypes = events,
            ClockRateHz = line.Codec?.ClockRateHz ?? 8000,
        };
    }

    private static async Task<IPEndPoint?> ResolveAsync(RemoteEndpoint? remote)
    {
        if (remote is null)
            return null;
        if (remote.ToIPEndPoint() is { } endPoint)
            return endPoint;
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(remote.Host);
        return addresses.Length == 0 ? null : new IPEndPoint(addresses[0], remote.Port);
    }
}
