using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Rtp.Tests.Payloads;

public sealed class VideoLossTests
{
    private readonly H264Depacketizer _depacketizer = new();

    private static List<(byte[] Payload, bool Marker)> KeyFrame =>
        VideoPayloadTests.Packetize(new H264Packetizer(1, 100), VideoCases.MakeH264((7, 12), (8, 5), (5, 250)), 100); // 5 packets

    private static List<(byte[] Payload, bool Marker)> Slice(bool first = true)
    {
        byte[] accessUnit = VideoCases.MakeH264((1, 30));
        if (!first)
            accessUnit[5] = 0x40; // first_mb_in_slice is not 0
        return VideoPayloadTests.Packetize(new H264Packetizer(1, 100), accessUnit, 100);
    }

    [Theory]
    [InlineData(0, false)] // SPS lost ahead of a slice that proves to be the first: the picture itself is whole
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Push_OnePacketOfAKeyFrameLost_MarksIt(int lost, bool damaged)
    {
        Feed(0, 0, Slice());
        Assert.True(_depacketizer.TryTake(out _));
        Feed(1, 3600, KeyFrame, lost);
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.Equal(damaged, frame.IsDamaged);
        Assert.True(frame.FollowsLoss);
        Assert.Equal(damaged ? 1 : 0, _depacketizer.DamagedFrames);
    }

    [Fact]
    public void Push_MiddleFragmentLost_LeavesTheUnitOut()
    {
        Feed(0, 0, KeyFrame, lost: 3);
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.True(frame.IsDamaged);
        Assert.Equal(VideoCases.WithLongStartCodes(VideoCases.MakeH264((7, 12), (8, 5))), frame.Data.ToArray());
    }

    [Fact]
    public void Push_MarkerPacketLost_EndsWithTheNextTimestamp()
    {
        Feed(0, 0, KeyFrame, lost: 4);
        Assert.False(_depacketizer.TryTake(out _));
        Feed(5, 3600, Slice());
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.True(frame.IsDamaged);
        Assert.Equal(0u, frame.Timestamp);
        Assert.True(_depacketizer.TryTake(out frame));
        Assert.False(frame.IsDamaged);
        Assert.True(frame.FollowsLoss);
        Assert.Equal(3600u, frame.Timestamp);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Push_StreamJoinedInTheMiddle_IsDamagedWithoutAFirstSlice(bool first, bool damaged)
    {
        Feed(77, 0, Slice(first));
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.Equal(damaged, frame.IsDamaged);
    }

    [Fact]
    public void Push_NoMarkersAtAll_EndsWithTheNextTimestampUnharmed()
    {
        Feed(0, 0, Slice().ConvertAll(packet => (packet.Payload, false)));
        Feed(1, 3600, Slice().ConvertAll(packet => (packet.Payload, false)));
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.False(frame.IsDamaged);
        Assert.False(frame.FollowsLoss);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Push_LossBetweenPictures_HarmsOnlyAPictureWithoutItsStart(bool first, bool damaged)
    {
        Feed(0, 0, Slice());
        _depacketizer.TryTake(out _);
        Feed(3, 3600, Slice(first));
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.Equal(damaged, frame.IsDamaged);
        Assert.True(frame.FollowsLoss);
        Feed(4, 7200, Slice());
        Assert.True(_depacketizer.TryTake(out frame));
        Assert.Equal(damaged, frame.FollowsLoss);
    }

    [Fact]
    public void Push_LateOrDouble_IsDropped()
    {
        Feed(10, 0, Slice());
        Assert.Equal(DepacketizeResult.Late, _depacketizer.Push(Slice()[0].Payload, 10, 0, true));
        Assert.Equal(DepacketizeResult.Late, _depacketizer.Push(Slice()[0].Payload, 9, 0, true));
        Assert.Equal(1, _depacketizer.Frames);
    }

    [Fact]
    public void Push_StartAndEndInOneFragment_IsAWholeUnit()
    {
        Assert.Equal(DepacketizeResult.Accepted, _depacketizer.Push([0x7C, 0xC5, 0x88, 0x99], 0, 0, true));
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.Equal("00000001658899", Convert.ToHexString(frame.Data));
        Assert.True(frame.IsKeyFrame);
        Assert.False(frame.IsDamaged);
    }

    [Theory]
    [InlineData("", DepacketizeResult.Malformed)]
    [InlineData("00", DepacketizeResult.Malformed)]
    [InlineData("78", DepacketizeResult.Malformed)]
    [InlineData("7800", DepacketizeResult.Malformed)]
    [InlineData("780000", DepacketizeResult.Malformed)]
    [InlineData("78000565", DepacketizeResult.Malformed)]
    [InlineData("7C85", DepacketizeResult.Malformed)]
    [InlineData("7C9C01", DepacketizeResult.Malformed)]
    [InlineData("79000165", DepacketizeResult.Unsupported)]
    [InlineData("7D850165", DepacketizeResult.Unsupported)]
    public void Push_BrokenH264_IsRefused(string hex, DepacketizeResult expected)
    {
        Assert.Equal(expected, _depacketizer.Push(Convert.FromHexString(hex), 0, 0, false));
        Feed(1, 0, Slice());
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.True(frame.IsDamaged);
    }

    [Theory]
    [InlineData("", DepacketizeResult.Malformed)]
    [InlineData("2601", DepacketizeResult.Malformed)]
    [InlineData("60010002", DepacketizeResult.Malformed)]
    [InlineData("6001000226", DepacketizeResult.Malformed)]
    [InlineData("620193", DepacketizeResult.Malformed)]
    [InlineData("6201B001", DepacketizeResult.Malformed)]
    [InlineData("640101", DepacketizeResult.Unsupported)]
    public void Push_BrokenH265_IsRefused(string hex, DepacketizeResult expected) =>
        Assert.Equal(expected, new H265Depacketizer().Push(Convert.FromHexString(hex), 0, 0, false));

    [Fact]
    public void Push_PictureAboveTheLimit_IsDamagedNotGrown()
    {
        H264Depacketizer small = new(maxFrameBytes: 40_000);
        byte[] big = VideoCases.MakeH264((5, 60_000));
        ushort sequence = 0;
        foreach ((byte[] payload, bool marker) in VideoPayloadTests.Packetize(new H264Packetizer(1), big, 1188))
            small.Push(payload, sequence++, 0, marker);
        foreach ((byte[] payload, bool marker) in Slice())
            small.Push(payload, sequence++, 3600, marker);
        Assert.True(small.TryTake(out VideoFrameView frame));
        Assert.Equal(3600u, frame.Timestamp);
        Assert.True(frame.FollowsLoss);
    }

    [Fact]
    public void TryTake_NobodyTakes_OldestGoesFirst()
    {
        for (ushort i = 0; i < 10; i++)
            Feed(i, i * 3600u, Slice());
        Assert.Equal(7, _depacketizer.DroppedFrames);
        Assert.True(_depacketizer.TryTake(out VideoFrameView frame));
        Assert.Equal(7 * 3600u, frame.Timestamp);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Push_RandomPayloads_NeverThrows(bool h265)
    {
        Random random = new(31);
        VideoDepacketizer depacketizer = h265 ? new H265Depacketizer(50_000) : new H264Depacketizer(50_000);
        byte[] bytes = new byte[64];
        byte[] h264Heads = [0x78, 0x7C, 0x65, 0x61, 0x7D];
        byte[] h265Heads = [0x60, 0x62, 0x26, 0x02, 0x64];
        ushort sequence = 0;
        long taken = 0;
        for (int i = 0; i < 100_000; i++)
        {
            Span<byte> payload = bytes.AsSpan(0, random.Next(bytes.Length));
            random.NextBytes(payload);
            if (payload.Length > 0 && random.Next(5) > 0)
                payload[0] = (h265 ? h265Heads : h264Heads)[random.Next(5)];
            if (payload.Length > 4 && random.Next(2) == 0)
                payload[random.Next(1, 3)] = 0;
            sequence += (ushort)(random.Next(20) == 0 ? random.Next(5) : 1);
            depacketizer.Push(payload, sequence, (uint)(i / 7) * 3600, random.Next(7) == 0);
            while (depacketizer.TryTake(out VideoFrameView frame))
                taken += frame.Data.Length > 0 ? 1 : 0;
        }

        Assert.True(taken > 1000);
        Assert.Equal(depacketizer.Frames, taken);
    }

    private void Feed(ushort sequence, uint timestamp, List<(byte[] Payload, bool Marker)> packets, int lost = -1)
    {
        for (int i = 0; i < packets.Count; i++, sequence++)
        {
            if (i != lost)
                _depacketizer.Push(packets[i].Payload, sequence, timestamp, packets[i].Marker);
        }
    }
}
