using System.Net;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Srtp;
using Avatar2D.Rtp.Stun;

namespace Avatar2D.Gateway.Fuzzing;

/// <summary>RTP and RTCP packets, plain and protected, with the buffers behind them.</summary>
internal static class PacketFuzz
{
    private const long Frequency = 1_000_000;

    /// <summary>RTP header, extension and its elements, statistics, jitter buffer, reorder buffer.</summary>
    public static FuzzCheck OpenRtp()
    {
        var jitter = new JitterBuffer(new JitterBufferOptions(), Frequency);
        var reorder = new VideoReorderBuffer(Frequency);
        var statistics = new ReceptionStatistics();
        var depacketizer = new G711Depacketizer();
        long now = 0;
        return input =>
        {
            now += Frequency / 50;
            jitter.Pop(now, 160);
            while (reorder.TryTake(now, out _))
            {
            }

            if (DatagramClassifier.Classify(input) != DatagramKind.Rtp || !RtpPacketView.TryParse(input, out RtpPacketView packet, out _))
                return false;
            for (int i = 0; i < packet.CsrcCount; i++)
                _ = packet.GetCsrc(i);
            _ = packet.Extension.Length + packet.ExtensionProfile;
            for (int id = 0; id <= byte.MaxValue; id += id < 15 ? 1 : 48)
                _ = VideoOrientation.TryRead(packet, id, out _);
            statistics.OnPacket(packet.SequenceNumber, packet.Payload.Length);
            statistics.OnArrival(packet.Timestamp, now / 125);
            statistics.TakeFractionLost();
            reorder.Put(packet, now);
            if (depacketizer.TryGetDuration(packet.Payload, out int ticks))
                jitter.Put(packet, ticks, now);
            return true;
        };
    }

    /// <summary>Connectivity checks of ICE; what is answered must be STUN itself.</summary>
    public static FuzzCheck OpenStun()
    {
        var agent = new IceLiteAgent(BinaryCorpus.Ice);
        var source = new IPEndPoint(IPAddress.IPv6Loopback, 4000);
        byte[] answer = new byte[256];
        return input =>
        {
            if (!StunMessageView.TryParse(input, out StunMessageView message))
                return false;
            _ = message.HasFingerprint || message.IsIntact(answer) || message.FirstUnknown is null;
            if (agent.TryAnswer(input, source, answer, out int length, out _, out _)
                && !(StunMessageView.TryParse(answer.AsSpan(0, length), out StunMessageView reply) && reply.HasFingerprint))
            {
                throw new InvalidOperationException("The answer is no STUN.");
            }

            return true;
        };
    }

    /// <summary>Compound RTCP, every kind of packet in it.</summary>
    public static FuzzCheck OpenRtcp() => input =>
    {
        if (!RtcpReader.TryCreate(input, out RtcpReader reader, out _))
            return false;
        while (reader.TryReadNext(out RtcpPacketView packet))
        {
            _ = packet.TryGetSenderInfo(out _);
            _ = packet.TryGetCname(out _, out _);
            for (int i = 0; packet.TryGetReportBlock(i, out _); i++)
            {
            }

            for (int i = 0; packet.TryGetByeSource(i, out _); i++)
            {
            }

            for (int i = 0; packet.TryGetFeedback(i, out _); i++)
            {
            }
        }

        return true;
    };

    /// <summary>SRTP and SRTCP of every suite: damaged bytes are refused, and every eighth is protected first and must open.</summary>
    public static FuzzCheck OpenSrtp()
    {
        SrtpKey[] keys = [.. SrtpSuite.All.Select(suite => SrtpKey.TryCreate(suite, new byte[suite.KeyBytes + suite.SaltBytes], 0, out SrtpKey? key) ? key! : null!)];
        SrtpInbound[] inbounds = [.. keys.Select(key => new SrtpInbound(key))];
        int turn = 0;
        return input =>
        {
            int suite = turn % keys.Length;
            byte[] copy = input.ToArray();
            if (inbounds[suite].TryOpenRtp(input, out _) || inbounds[suite].TryOpenRtcp(copy, out _))
                throw new InvalidDataException("Bytes that nobody protected were taken as genuine.");
            if (turn++ % 8 != 0)
                return false;
            using var outbound = new SrtpOutbound(keys[suite]);
            using var inbound = new SrtpInbound(keys[suite]);
            byte[] room = [.. input, .. new byte[SrtpOutbound.MaxGrowthBytes]];
            if (!outbound.TryProtectRtp(room, input.Length, out int length))
                return false;
            if (!inbound.TryOpenRtp(room.AsSpan(0, length), out int opened) || opened != input.Length)
                throw new InvalidDataException("What was protected does not open.");
            return true;
        };
    }
}
