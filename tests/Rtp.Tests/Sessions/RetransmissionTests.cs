using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Sessions;
using Avatar2D.Rtp.Srtp;
using Avatar2D.Rtp.Tests.Packets;
using Avatar2D.Rtp.Tests.Srtp;

namespace Avatar2D.Rtp.Tests.Sessions;

/// <summary>Packets that are sent again in a stream of their own (RFC 4588).</summary>
public sealed class RetransmissionTests
{
    private const byte Rtx = 99;

    [Theory]
    [InlineData(null, 24_000)]
    [InlineData("AES_CM_128_HMAC_SHA1_80", 24_100)]
    [InlineData("AEAD_AES_128_GCM", 24_200)]
    public async Task Nack_WithRtx_BringsThePacketInItsOwnStream(string? suite, int port)
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, port, keptPackets: 64);
        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, 0));
        SrtpKey? key = suite is null ? null : SrtpStreamTests.NewKey(suite);
        pair.Left.Configure(SessionPair.Parameters((IPEndPoint)peer.Client.LocalEndPoint!) with
        {
            RetransmissionPayloadType = Rtx, OrientationId = 5, Srtp = key is null ? null : new SrtpKeys(key, key),
        });
        using SrtpInbound? srtp = key is null ? null : new SrtpInbound(key);
        var sent = new List<byte[]>();
        for (int i = 0; i < 40; i++)
        {
            new byte[] { 1, 2, (byte)i }.CopyTo(pair.Left.PayloadBuffer);
            pair.Left.SendPayloadBuffer(3, (uint)i, marker: i % 2 == 1, 96, ofKeyFrame: i == 31);
            sent.Add(await ReceiveAsync(peer, srtp));
        }

        ushort first = BinaryPrimitives.ReadUInt16BigEndian(sent[30].AsSpan(2));
        pair.Left.OnMissing(first, 1); // 30 and 31.
        byte[][] again = [await ReceiveAsync(peer, srtp), await ReceiveAsync(peer, srtp)];
        for (int i = 0; i < 2; i++)
        {
            RtpPacketView original = RtpBytes.View(sent[30 + i]);
            RtpPacketView packet = RtpBytes.View(again[i]);
            Assert.Equal((Rtx, pair.Left.RetransmissionSsrc), (packet.PayloadType, packet.Ssrc));
            Assert.NotEqual(pair.Left.LocalSsrc, packet.Ssrc);
            Assert.Equal((original.Timestamp, original.Marker), (packet.Timestamp, packet.Marker));
            Assert.Equal(original.SequenceNumber, BinaryPrimitives.ReadUInt16BigEndian(packet.Payload));
            Assert.Equal(original.Payload.ToArray(), packet.Payload[2..].ToArray());
            Assert.Equal(original.Extension.ToArray(), packet.Extension.ToArray());
        }

        Assert.True(VideoOrientation.TryRead(RtpBytes.View(again[1]), 5, out VideoOrientation orientation) && orientation == VideoOrientation.Upright);
        Assert.False(RtpBytes.View(again[0]).HasExtension);
        Assert.Equal(3 + RtpSession.MaxOverheadBytes, again[1].Length); // As large as a packet gets.
        Assert.Equal(1, (ushort)(RtpBytes.View(again[1]).SequenceNumber - RtpBytes.View(again[0]).SequenceNumber));
        Assert.Equal((2L, 40L), (pair.Left.GetStatistics().PacketsRepeated, pair.Left.GetStatistics().PacketsSent));
    }

    [Fact]
    public async Task Nack_WhenRtxWasTakenBack_ThePacketsKeptForItAreNotSent()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, 24_300, keptPackets: 64);
        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, 0));
        RtpSessionParameters plain = SessionPair.Parameters((IPEndPoint)peer.Client.LocalEndPoint!);
        pair.Left.Configure(plain with { RetransmissionPayloadType = Rtx });
        ushort first = 0;
        for (int i = 0; i < 8; i++)
        {
            pair.Left.Send([1], (uint)i, false, 96);
            byte[] packet = await ReceiveAsync(peer, null);
            first = i == 0 ? RtpBytes.View(packet).SequenceNumber : first;
        }

        pair.Left.Configure(plain);
        pair.Left.OnMissing(first, 0); // What was kept without SRTP must not go out as it is.
        Assert.Equal(0, pair.Left.GetStatistics().PacketsRepeated);
    }

    [Fact]
    public async Task Nack_WithRtx_AllocatesNothing()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, 24_400, keptPackets: 64);
        SrtpKey key = SrtpStreamTests.NewKey("AES_CM_128_HMAC_SHA1_80");
        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, 0));
        pair.Left.Configure(SessionPair.Parameters((IPEndPoint)peer.Client.LocalEndPoint!) with
        {
            RetransmissionPayloadType = Rtx, Srtp = new SrtpKeys(key, key),
        });
        ushort sequence = 0;
        void SendAndMiss()
        {
            for (int i = 0; i < 4; i++)
                pair.Left.Send([1, 2, 3], 0, true, 96);
            pair.Left.OnMissing(sequence, 0xFFFF);
        }

        SendAndMiss();
        sequence = RtpBytes.View(await ReceiveAsync(peer, new SrtpInbound(key))).SequenceNumber;
        Assert.Equal(0, AllocationMeter.LeastBytes(SendAndMiss));
        Assert.True(pair.Left.GetStatistics().PacketsRepeated > 0);
    }

    private static async Task<byte[]> ReceiveAsync(UdpClient peer, SrtpInbound? srtp)
    {
        byte[] packet = (await peer.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer;
        if (srtp is null)
            return packet;
        Assert.True(srtp.TryOpenRtp(packet, out int length));
        return packet[..length];
    }
}
