using Avatar2D.Codecs.Audio;
using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Phone;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>What the gateway sent to a phone, put together from the packets of two taps as a phone of our own would have it.</summary>
/// <param name="Wire">Sound and pictures with arrivals and stamps.</param>
/// <param name="Heard">All the sound, each piece where its timestamp says.</param>
internal sealed record TapRecord(WireRecord Wire, PcmClip Heard)
{
    private const int OpusHz = 16_000;

    /// <summary>Puts a call together.</summary>
    /// <param name="relay">With a tap for the sound.</param>
    /// <param name="codec">pcmu or opus.</param>
    public static TapRecord Of(SipRelay relay, string codec)
    {
        bool isOpus = codec == "opus";
        var clock = new RtcpClock(TimeProvider.System);
        var wire = new WireLog();
        var audioTimes = new StreamTimeline(isOpus ? 48_000 : 8000);
        var videoTimes = new StreamTimeline(90_000);
        using IAudioDecoder decoder = isOpus ? new OpusDecoder(OpusHz) : new G711Decoder(G711Law.Mu);
        var pcm = new short[decoder.MaxFrameSamples];
        foreach (TapPacket packet in relay.Audio.Packets.Where(packet => packet.FromGateway))
        {
            if (TakeReport(packet, audioTimes) || !RtpPacketView.TryParse(packet.Data, out RtpPacketView rtp, out _)
                || !decoder.TryDecode(rtp.Payload, pcm, out int samples))
            {
                continue;
            }

            wire.OnArrival(rtp.Timestamp, packet.Ticks);
            wire.OnHeard(rtp.Timestamp, pcm[..samples]);
        }

        using var pictures = new PhoneVideo(VideoCodec.H264, clock, videoTimes, new SkewMeter(), null, wire);
        foreach (TapPacket packet in relay.Video.Packets.Where(packet => packet.FromGateway))
        {
            if (!TakeReport(packet, videoTimes) && RtpPacketView.TryParse(packet.Data, out RtpPacketView rtp, out _))
                pictures.OnRtp(rtp, packet.Ticks);
        }

        PcmClip? heard = wire.Heard(decoder.SampleRateHz, isOpus ? 48_000 : 8000);
        Assert.NotNull(heard);
        return new TapRecord(wire.ToRecord(clock, decoder.SampleRateHz, audioTimes, videoTimes), heard);
    }

    private static bool TakeReport(TapPacket packet, StreamTimeline times)
    {
        if (!packet.IsRtcp)
            return false;
        if (!RtcpReader.TryCreate(packet.Data, out RtcpReader reader, out _))
            return true;
        while (reader.TryReadNext(out RtcpPacketView part))
        {
            if (part.TryGetSenderInfo(out SenderInfo info))
                times.OnSenderReport(info);
        }

        return true;
    }
}
