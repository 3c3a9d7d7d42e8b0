using Avatar2D.Sip.Transactions;

namespace Avatar2D.Sip.Tests.Transactions;

public sealed class SipTimersTests
{
    [Fact]
    public void Default_OnUdp_HasTheValuesOfRfc3261Table4()
    {
        var timers = SipTimers.Default;
        Assert.Equal(TimeSpan.FromSeconds(32), timers.Giveup);
        Assert.Equal(TimeSpan.FromSeconds(32), timers.TimerD(reliable: false));
        Assert.Equal(TimeSpan.FromSeconds(5), timers.TimerI(reliable: false));
        Assert.Equal(TimeSpan.FromSeconds(32), timers.TimerJ(reliable: false));
        Assert.Equal(TimeSpan.FromSeconds(5), timers.TimerK(reliable: false));
    }

    [Fact]
    public void AbsorbingTimers_OnReliableTransports_AreZero()
    {
        var timers = SipTimers.Default;
        TimeSpan[] values = [timers.TimerD(true), timers.TimerI(true), timers.TimerJ(true), timers.TimerK(true)];
        Assert.All(values, value => Assert.Equal(TimeSpan.Zero, value));
    }

    [Fact]
    public void NextCapped_FromT1_DoublesUpToT2()
    {
        var interval = SipTimers.Default.T1;
        var seen = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            seen.Add(interval.TotalMilliseconds);
            interval = SipTimers.Default.NextCapped(interval);
        }

        Assert.Equal([500, 1000, 2000, 4000, 4000], seen);
    }
}
