using System.Net;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Rtp.Tests.Sessions;

public sealed class SourceLatchTests
{
    private static readonly SocketAddress Sdp = Address("10.0.0.1:4000");
    private static readonly SocketAddress Other = Address("10.0.0.2:5000");
    private static readonly SocketAddress Third = Address("10.0.0.3:6000");

    private readonly SourceLatch _latch = new(packetsToLatch: 3, silenceTicks: 1000);

    [Fact]
    public void OnPacket_FromTheSdpAddress_KeepsIt()
    {
        _latch.Arm(Sdp);
        Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Sdp, 1, 0));
        Assert.Equal(LatchVerdict.Foreign, _latch.OnPacket(Other, 1, 10));
        Assert.Null(_latch.Latched);
    }

    [Fact]
    public void OnPacket_FromElsewhere_LatchesAfterThreeAndNeverToAThird()
    {
        _latch.Arm(Sdp);
        Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Other, 1, 0));
        Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Other, 1, 1));
        Assert.Equal(LatchVerdict.Latched, _latch.OnPacket(Other, 1, 2));
        Assert.Equal(Other, _latch.Latched);
        for (int i = 0; i < 10; i++)
            Assert.Equal(LatchVerdict.Foreign, _latch.OnPacket(Third, 1, 100_000 + i));
        Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Sdp, 1, 200_000));
        Assert.Equal(Other, _latch.Latched);
    }

    [Fact]
    public void OnPacket_SourcesInTurn_DoNotLatch()
    {
        _latch.Arm(Sdp);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Other, 1, i));
            Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Third, 1, i));
        }

        _latch.OnPacket(Other, 1, 11);
        _latch.OnPacket(Other, 2, 12);
        Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Other, 1, 13));
        Assert.Null(_latch.Latched);
    }

    [Fact]
    public void OnPacket_SdpAddressSilent_SameSsrcMayMove()
    {
        _latch.Arm(Sdp);
        _latch.OnPacket(Sdp, 1, 0);
        Assert.Equal(LatchVerdict.Foreign, _latch.OnPacket(Other, 1, 999));
        Assert.Equal(LatchVerdict.Foreign, _latch.OnPacket(Other, 2, 1000));
        Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Other, 1, 1000));
        Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Other, 1, 1001));
        Assert.Equal(LatchVerdict.Latched, _latch.OnPacket(Other, 1, 1002));
    }

    [Fact]
    public void Arm_NewSdpAddress_StartsAnew()
    {
        _latch.Arm(Sdp);
        for (int i = 0; i < 3; i++)
            _latch.OnPacket(Other, 1, i);
        _latch.Arm(Third);
        Assert.Null(_latch.Latched);
        Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Third, 1, 5));
        Assert.Equal(LatchVerdict.Foreign, _latch.OnPacket(Other, 1, 6));
    }

    [Fact]
    public void OnPacket_SdpUnknown_TakesAllAndLatchesNothing()
    {
        _latch.Arm(null);
        for (int i = 0; i < 10; i++)
            Assert.Equal(LatchVerdict.Accept, _latch.OnPacket(Other, 1, i));
        Assert.Null(_latch.Latched);
        Assert.True(_latch.Knows(Third));
    }

    [Fact]
    public void SocketAddresses_Usable_LeavesHoldOut()
    {
        Assert.Null(SocketAddresses.OfUsable(null));
        Assert.Null(SocketAddresses.OfUsable(IPEndPoint.Parse("0.0.0.0:4000")));
        Assert.Null(SocketAddresses.OfUsable(IPEndPoint.Parse("[::]:4000")));
        Assert.Null(SocketAddresses.OfUsable(IPEndPoint.Parse("10.0.0.1:0")));
        Assert.Equal(IPEndPoint.Parse("[2001:db8::1]:4000"), SocketAddresses.ToEndPoint(Address("[2001:db8::1]:4000")));
        Assert.True(SocketAddresses.SameHost(Sdp, Address("10.0.0.1:9")));
        Assert.False(SocketAddresses.SameHost(Sdp, Other));
        Assert.True(SocketAddresses.SameHost(Address("[2001:db8::1]:1"), Address("[2001:db8::1]:2")));
        Assert.False(SocketAddresses.SameHost(Address("[2001:db8::1]:1"), Address("[2001:db8::2]:1")));
    }

    private static SocketAddress Address(string text) => IPEndPoint.Parse(text).Serialize();
}
