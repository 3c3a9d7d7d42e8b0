using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Tests.Packets;

namespace Avatar2D.Rtp.Tests.Payloads;

/// <summary>Packetizer, a network that loses and reorders, reorder buffer, depacketizer: what claims to be whole must be whole.</summary>
public sealed class VideoNetworkTests
{
    private const int FrameMilliseconds = 40;

    [Theory]
    [InlineData(false, 0.0, 0)]
    [InlineData(false, 0.0, 30)]
    [InlineData(false, 0.03, 0)]
    [InlineData(false, 0.03, 30)]
    [InlineData(false, 0.2, 60)]
    [InlineData(true, 0.0, 30)]
    [InlineData(true, 0.03, 30)]
    [InlineData(true, 0.2, 60)]
    public void Pictures_ThroughANetwork_AreWholeOrMarked(bool h265, double loss, int jitterMilliseconds)
    {
        Random random = new(17);
        IVideoPacketizer packetizer = h265 ? new H265Packetizer(200, aggregate: true) : new H264Packetizer(1, 200, aggregate: true);
        VideoDepacketizer depacketizer = h265 ? new H265Depacketizer() : new H264Depacketizer();
        VideoReorderBuffer reorder = new(timestampFrequency: 1000);
        Dictionary<uint, (byte[] Data, bool Key, bool Hit)> sent = [];
        PriorityQueue<byte[], (long Arrival, int Order)> network = new();
        ushort sequence = 65_000;
        int order = 0;
        int lostPackets = 0;
        for (uint picture = 0; picture < 1000; picture++)
        {
            bool key = picture % 50 == 0;
            byte[] accessUnit = MakePicture(h265, key, random);
            bool hit = false;
            foreach ((byte[] payload, bool marker) in VideoPayloadTests.Packetize(packetizer, accessUnit, 200))
            {
                byte[] bytes = RtpBytes.Make(sequence++, picture * 3600, payload, payloadType: 96, marker: marker);
                if (random.NextDouble() < loss)
                {
                    hit = true;
                    lostPackets++;
                }
                else
                {
                    int late = picture == 0 ? 0 : random.Next(jitterMilliseconds + 1); // a stream that starts out of order has no start
                    network.Enqueue(bytes, ((picture * FrameMilliseconds) + late, order++));
                }
            }

            sent[picture * 3600] = (VideoCases.WithLongStartCodes(accessUnit), key, hit);
        }

        int whole = 0;
        int keys = 0;
        void Check(ref VideoDepacketizer from)
        {
            while (from.TryTake(out VideoFrameView frame))
            {
                (byte[] data, bool key, bool hit) = sent[frame.Timestamp];
                Assert.True(hit || !frame.IsDamaged || jitterMilliseconds > FrameMilliseconds, $"picture {frame.Timestamp / 3600} came whole");
                if (frame.IsDamaged)
                    continue;
                if (!hit)
                    Assert.Equal(data, frame.Data.ToArray());
                else
                    Assert.True(frame.FollowsLoss); // only what came ahead of the first slice can be missing unmarked
                Assert.Equal(key, frame.IsKeyFrame);
                whole++;
                keys += key ? 1 : 0;
            }
        }

        while (network.TryDequeue(out byte[]? bytes, out (long Arrival, int Order) when))
        {
            reorder.Put(RtpBytes.View(bytes), when.Arrival);
            while (reorder.TryTake(when.Arrival, out RtpPacketView packet))
            {
                depacketizer.Push(packet);
                Check(ref depacketizer);
            }
        }

        int untouched = sent.Values.Count(picture => !picture.Hit);
        if (loss == 0)
            Assert.Equal((1000, 20), (whole, keys));
        else if (jitterMilliseconds <= FrameMilliseconds)
            Assert.InRange(whole, untouched - 3, untouched + lostPackets);
        Assert.True(whole > 20);
    }

    private static byte[] MakePicture(bool h265, bool key, Random random)
    {
        int slice = random.Next(20, key ? 5000 : 900);
        return (h265, key) switch
        {
            (false, true) => VideoCases.MakeH264((7, 12), (8, 5), (5, slice)),
            (false, false) => VideoCases.MakeH264((1, slice)),
            (true, true) => VideoCases.MakeH265((32, 12), (33, 30), (34, 5), (19, slice)),
            (true, false) => VideoCases.MakeH265((1, slice)),
        };
    }
}
