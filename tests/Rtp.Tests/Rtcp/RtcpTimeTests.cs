using Avatar2D.Rtp.Rtcp;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Rtp.Tests.Rtcp;

public sealed class RtcpTimeTests
{
    [Fact]
    public void From_UnixEpoch_Is2208988800()
    {
        NtpTimestamp ntp = NtpTimestamp.From(DateTimeOffset.UnixEpoch.AddMilliseconds(250));
        Assert.Equal(2_208_988_800u, ntp.Seconds);
        Assert.Equal(0x40000000u, ntp.Fraction);
        Assert.Equal(0x7E80_4000u, ntp.Middle32);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(250), ntp.ToDateTimeOffset());
    }

    [Fact]
    public void ToDateTimeOffset_AnyTick_RoundTrips()
    {
        Random random = new(3);
        for (int i = 0; i < 1000; i++)
        {
            DateTimeOffset time = new(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(random.NextInt64(1L << 50)));
            Assert.Equal(time, NtpTimestamp.From(time).ToDateTimeOffset());
        }
    }

    [Fact]
    public void Since_BothWays_IsSigned()
    {
        NtpTimestamp early = NtpTimestamp.From(DateTimeOffset.UnixEpoch);
        NtpTimestamp late = NtpTimestamp.From(DateTimeOffset.UnixEpoch.AddSeconds(1.5));
        Assert.Equal(TimeSpan.FromSeconds(1.5), late.Since(early));
        Assert.Equal(TimeSpan.FromSeconds(-1.5), early.Since(late));
    }

    [Fact]
    public void RtcpClock_Advance_MovesNtpAndTicksTogether()
    {
        FakeTimeProvider time = new(DateTimeOffset.UnixEpoch);
        RtcpClock clock = new(time);
        long start = clock.Now;
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2_208_988_802u, clock.ToNtp(clock.Now).Seconds);
        Assert.Equal(180_000, clock.ToRtpTicks(start, clock.Now, 90_000));
        Assert.Equal(-16_000, clock.ToRtpTicks(clock.Now, start, 8_000));
        Assert.Equal(2.0, clock.ToSeconds(clock.Now));
        Assert.Equal(clock.Now - start, clock.ToTimestampTicks(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Scheduler_First_IsDueWithinHalfASecond()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            RtcpScheduler scheduler = new(new RtcpSchedulerOptions(), new Random(seed), 10);
            Assert.InRange(scheduler.NextSeconds, 10.25, 10.5);
            Assert.False(scheduler.IsDue(10.2, 2, 2, true));
            Assert.True(scheduler.IsDue(10.5, 2, 2, true));
        }
    }

    [Fact]
    public void Scheduler_Later_KeepsRandomisedMinimum()
    {
        RtcpScheduler scheduler = new(new RtcpSchedulerOptions(), new Random(5), 0);
        double last = double.NaN;
        double sum = 0;
        int reports = 0;
        HashSet<double> gaps = [];
        for (double now = 0; now < 20_000; now += 0.02)
        {
            if (!scheduler.IsDue(now, 2, 2, true))
                continue;
            if (!double.IsNaN(last))
            {
                // 5 s x 0.5 to 1.5 / 1.21828
                Assert.InRange(now - last, 2.05, 6.18);
                gaps.Add(Math.Round(now - last, 2));
                sum += now - last;
                reports++;
            }

            last = now;
        }

        Assert.True(gaps.Count > 50);
        Assert.InRange(sum / reports, 4.3, 5.7); // reconsideration brings the mean back to about 5 s
    }

    [Theory]
    [InlineData(2, 2, true, 5000, 0.32)] // 128 B x 2 / 800 B/s, above no minimum
    [InlineData(2, 2, true, 64, 5.0)]
    public void DeterministicInterval_ByBandwidth_IsShared(int members, int senders, bool weSent, int kilobits, double expected)
    {
        RtcpSchedulerOptions options = new()
        {
            RtcpBandwidthBitsPerSecond = kilobits == 64 ? 3200 : 6400,
            MinimumInterval = kilobits == 64 ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(100),
        };
        RtcpScheduler scheduler = new(options, new Random(1), 0);
        Assert.Equal(expected, scheduler.DeterministicInterval(members, senders, weSent), 3);
    }

    [Fact]
    public void DeterministicInterval_FewSenders_GetAQuarter()
    {
        RtcpScheduler scheduler = new(
            new RtcpSchedulerOptions { RtcpBandwidthBitsPerSecond = 8000, MinimumInterval = TimeSpan.Zero }, new Random(1), 0);
        Assert.Equal(128 * 1 / 250.0, scheduler.DeterministicInterval(10, 1, weSent: true), 6);
        Assert.Equal(128 * 9 / 750.0, scheduler.DeterministicInterval(10, 1, weSent: false), 6);
    }

    [Fact]
    public void IsDue_NoBandwidth_SendsNothing()
    {
        RtcpScheduler scheduler = new(new RtcpSchedulerOptions(), new Random(1), 0) { BandwidthBitsPerSecond = 0 };
        Assert.False(scheduler.IsDue(1000, 2, 2, true));
        scheduler.BandwidthBitsPerSecond = 3200;
        Assert.True(scheduler.IsDue(1000, 2, 2, true));
    }

    [Fact]
    public void OnPacket_Sizes_MoveTheMeanByASixteenth()
    {
        RtcpScheduler scheduler = new(new RtcpSchedulerOptions(), new Random(1), 0);
        scheduler.OnPacket(100 + 16);
        Assert.Equal(128 + (16 / 16.0), scheduler.AverageBytes, 6);
    }
}
