using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Tests.Packets;

namespace Avatar2D.Rtp.Tests.Receiving;

public sealed class VideoReorderBufferTests
{
    private readonly VideoReorderBuffer _buffer = new(1000, slots: 16);

    [Fact]
    public void TryTake_InOrder_PassesAtOnce()
    {
        for (int i = 65_530; i < 65_550; i++)
        {
            Assert.True(Put(i, 0));
            Assert.Equal([(ushort)i], Take(0));
        }
    }

    [Fact]
    public void TryTake_Reordered_WaitsAndSorts()
    {
        Put(10, 0);
        Put(12, 0);
        Put(13, 0);
        Assert.Equal([10], Take(10));
        Put(11, 20);
        Assert.Equal([11, 12, 13], Take(20));
        Assert.Equal(0, _buffer.Lost);
    }

    [Fact]
    public void TryTake_GapOlderThanTheWait_IsSkipped()
    {
        Put(10, 0);
        Put(13, 5);
        Assert.Equal([10], Take(44));
        Assert.Equal([13], Take(45));
        Assert.Equal(2, _buffer.Lost);
        Assert.False(Put(11, 50));
        Assert.Equal(1, _buffer.Dropped);
    }

    [Fact]
    public void Put_TwiceOrTooLong_IsDropped()
    {
        Assert.True(Put(1, 0));
        Assert.False(Put(1, 0));
        Assert.False(_buffer.Put(RtpBytes.View(RtpBytes.Make(2, 0, new byte[1500])), 0));
        Assert.Equal(2, _buffer.Dropped);
    }

    [Fact]
    public void Put_BeyondTheRing_MovesOn()
    {
        Put(0, 0);
        Assert.Equal([0], Take(0));
        for (int i = 2; i < 30; i++)
            Assert.True(Put(i, 0));
        Assert.Equal(Enumerable.Range(14, 16).Select(value => (ushort)value), Take(0));
        Assert.Equal(1, _buffer.Lost);
        Assert.Equal(12, _buffer.Dropped);
    }

    [Fact]
    public void Put_NewSsrcOrFarJump_StartsAnew()
    {
        Put(0, 0);
        Put(5, 0);
        Put(40_000, 0);
        Assert.Equal([40_000], Take(0));
        _buffer.Put(RtpBytes.View(RtpBytes.Make(7, 0, [1], ssrc: 9)), 0);
        Assert.Equal([7], Take(0));
    }

    [Fact]
    public void PutAndTake_Warm_AllocateNothing()
    {
        byte[] bytes = RtpBytes.Make(0, 0, new byte[1000]);
        ushort sequence = 0;
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                new RtpHeader(96, false, sequence++, 0, 1).TryWrite(bytes);
                _ = RtpPacketView.TryParse(bytes, out RtpPacketView view, out _);
                _buffer.Put(view, 0);
                _buffer.TryTake(0, out _);
            }
        }));
    }

    private bool Put(int sequence, long now) => _buffer.Put(RtpBytes.View(RtpBytes.Make((ushort)sequence, 0, [1, 2, 3])), now);

    private List<ushort> Take(long now)
    {
        List<ushort> taken = [];
        while (_buffer.TryTake(now, out RtpPacketView packet))
            taken.Add(packet.SequenceNumber);
        return taken;
    }
}
