using Avatar2D.Rtp.Receiving;

namespace Avatar2D.Rtp.Tests.Receiving;

public sealed class ReceptionStatisticsTests
{
    private readonly ReceptionStatistics _statistics = new();

    [Fact]
    public void OnPacket_AcrossAWrap_CountsCyclesAndLoss()
    {
        for (int i = 0; i < 100; i++)
        {
            if (i is not (10 or 50 or 51))
                Assert.True(_statistics.OnPacket((ushort)(65_500 + i), 160));
        }

        Assert.Equal(97, _statistics.PacketsReceived);
        Assert.Equal(100, _statistics.PacketsExpected);
        Assert.Equal(3, _statistics.PacketsLost);
        Assert.Equal(97 * 160, _statistics.OctetsReceived);
        Assert.Equal(0x1_0000u + 63, _statistics.HighestSequence);
    }

    [Fact]
    public void TakeFractionLost_PerInterval_StartsAnew()
    {
        Feed(0, 3);
        Assert.Equal(0, _statistics.TakeFractionLost());
        Feed(5, 6); // 4 lost of 3
        Assert.Equal((1 * 256) / 3, _statistics.TakeFractionLost());
        Assert.Equal(0, _statistics.TakeFractionLost());
        Feed(7, 10);
        Assert.Equal(0, _statistics.TakeFractionLost());
    }

    [Fact]
    public void OnPacket_Duplicates_MakeLossNegative()
    {
        Feed(0, 9);
        _statistics.OnPacket(9, 1);
        _statistics.OnPacket(8, 1);
        Assert.Equal(-2, _statistics.PacketsLost);
        Assert.Equal(0, _statistics.TakeFractionLost());
    }

    [Fact]
    public void OnPacket_FarJump_NeedsTwoInARow()
    {
        Feed(0, 9);
        Assert.False(_statistics.OnPacket(20_000, 1));
        Assert.True(_statistics.OnPacket(10, 1));
        Assert.False(_statistics.OnPacket(20_000, 1));
        Assert.True(_statistics.OnPacket(20_001, 1));
        Assert.Equal(1, _statistics.PacketsExpected);
        Assert.Equal(20_001u, _statistics.HighestSequence);
    }

    [Fact]
    public void OnPacket_Probation_WaitsForOrder()
    {
        ReceptionStatistics statistics = new(minSequential: 2);
        Assert.False(statistics.OnPacket(5, 1));
        Assert.False(statistics.OnPacket(9, 1));
        Assert.True(statistics.OnPacket(10, 1));
        Assert.True(statistics.IsStarted);
        Assert.Equal(1, statistics.PacketsReceived);
    }

    [Fact]
    public void OnArrival_AlternatingDelay_ConvergesToItsDifference()
    {
        // Transit alternates by 80 ticks: the mean deviation that A.8 estimates is 80.
        for (int i = 0; i < 500; i++)
            _statistics.OnArrival((uint)(i * 160), (i * 160) + (i % 2 * 80));
        Assert.InRange(_statistics.Jitter, 78u, 80u);
    }

    [Fact]
    public void OnArrival_SteadyAcrossTimestampWrap_IsZero()
    {
        for (int i = 0; i < 100; i++)
            _statistics.OnArrival(unchecked(uint.MaxValue - 8000 + (uint)(i * 160)), 50_000 + (i * 160));
        Assert.Equal(0u, _statistics.Jitter);
    }

    [Fact]
    public void Reset_AfterUse_IsLikeNew()
    {
        Feed(0, 50);
        _statistics.OnArrival(0, 0);
        _statistics.OnArrival(0, 5000);
        _statistics.Reset();
        Assert.False(_statistics.IsStarted);
        Assert.Equal((0L, 0L, 0L, 0u), (_statistics.PacketsReceived, _statistics.PacketsExpected, _statistics.OctetsReceived, _statistics.Jitter));
        Feed(7, 9);
        Assert.Equal(3, _statistics.PacketsExpected);
    }

    [Fact]
    public void OnPacket_Warm_AllocatesNothing()
    {
        ushort sequence = 0;
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                _statistics.OnPacket(sequence++, 160);
                _statistics.OnArrival((uint)(sequence * 160), sequence * 161);
            }

            _statistics.TakeFractionLost();
        }));
    }

    private void Feed(int first, int last)
    {
        for (int i = first; i <= last; i++)
            _statistics.OnPacket((ushort)i, 1);
    }
}
