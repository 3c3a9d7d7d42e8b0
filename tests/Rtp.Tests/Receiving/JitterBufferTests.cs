using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Tests.Packets;

namespace Avatar2D.Rtp.Tests.Receiving;

public sealed class JitterBufferTests
{
    private const int Frame = AudioLink.FrameMicroseconds;

    private readonly AudioLink _link = new();

    [Fact]
    public void Pop_PerfectNetwork_PlaysAllInOrderAtTheLeastDelay()
    {
        Stream(0, 500, _ => 0);
        _link.RunUntil(_link.Origin + (600L * Frame));
        Assert.Equal(Enumerable.Range(0, 500).Select(value => (ushort)value), _link.Played);
        Assert.All(_link.Delays, delay => Assert.InRange(delay, 40_000, 60_000));
        Assert.Equal(_link.Delays[0], _link.Delays[^1]);
        JitterBufferStatistics statistics = _link.Buffer.GetStatistics();
        Assert.Equal((500L, 500L, 0L, 0L), (statistics.Accepted, statistics.Played, statistics.Lost, statistics.Late));
        Assert.Equal(TimeSpan.FromMilliseconds(40), statistics.Target);
        Assert.DoesNotContain('L', _link.Line);
    }

    [Fact]
    public void Pop_OnePacketLost_OffersTheNextForFec()
    {
        Stream(0, 10, _ => 0, lost: [4]);
        _link.RunUntil(_link.Origin + (13L * Frame));
        Assert.Contains("PPPPFPPPPP", _link.Line);
        Assert.Equal(1, _link.Buffer.GetStatistics().Lost);
    }

    [Fact]
    public void Pop_ThreePacketsLost_OffersFecForTheLastOnly()
    {
        // 40 ms of delay cannot see across 60 ms of loss: the first piece is empty, since nothing newer is here yet.
        Stream(0, 10, _ => 0, lost: [4, 5, 6]);
        _link.RunUntil(_link.Origin + (13L * Frame));
        Assert.Matches("P{4}[EL]{2}FP{3}", _link.Line);
        Assert.Equal(3, _link.Buffer.GetStatistics().Lost);
    }

    [Fact]
    public void Pop_FecFrame_CarriesThePayloadOfTheNext()
    {
        JitterBuffer buffer = new(new JitterBufferOptions(), AudioLink.Frequency);
        buffer.Put(RtpBytes.View(RtpBytes.Make(0, 0, [10])), 160, 0);
        buffer.Put(RtpBytes.View(RtpBytes.Make(2, 320, [12])), 160, 40_000);
        Assert.Equal(JitterFrameKind.Empty, buffer.Pop(20_000, 160).Kind);
        JitterFrame frame = buffer.Pop(40_000, 160);
        Assert.Equal((JitterFrameKind.Packet, 10), (frame.Kind, frame.Payload[0]));
        frame = buffer.Pop(60_000, 160);
        Assert.Equal((JitterFrameKind.LostFecInNext, 12, 160u, 160), (frame.Kind, frame.Payload[0], frame.Timestamp, frame.DurationTicks));
        frame = buffer.Pop(80_000, 160);
        Assert.Equal((JitterFrameKind.Packet, 12, 320u), (frame.Kind, frame.Payload[0], frame.Timestamp));
    }

    [Fact]
    public void Pop_SeededLoss_CountsExactly()
    {
        Random random = new(1);
        HashSet<int> lost = [.. Enumerable.Range(1, 2998).Where(_ => random.NextDouble() < 0.05)];
        Stream(0, 3000, _ => 0, lost);
        _link.RunUntil(_link.Origin + (3100L * Frame));
        JitterBufferStatistics statistics = _link.Buffer.GetStatistics();
        Assert.Equal(lost.Count, statistics.Lost);
        Assert.Equal(3000 - lost.Count, statistics.Played);
        Assert.Equal(0, statistics.Late + statistics.Skipped + statistics.Stretches + statistics.Resyncs);
        int lastOfRun = lost.Count(index => !lost.Contains(index + 1));
        Assert.Equal(lastOfRun, _link.Line.Count(piece => piece == 'F'));
        Assert.True(lost.Count > 100);
    }

    [Fact]
    public void Pop_ReorderAndDuplicates_PlayOnceInOrder()
    {
        // Every fourth packet comes 30 ms late, after its successor; every fifth comes twice.
        Stream(0, 400, index => index % 4 == 3 ? 30_000 : 0);
        for (int i = 0; i < 400; i += 5)
            _link.Send(i, i * 160L, _link.Origin + (i * (long)Frame) + 31_000);
        _link.RunUntil(_link.Origin + (500L * Frame));
        Assert.Equal(_link.Played.Order(), _link.Played);
        Assert.Equal(_link.Played.Count, _link.Played.Distinct().Count());
        JitterBufferStatistics statistics = _link.Buffer.GetStatistics();
        Assert.Equal(80, statistics.Duplicates);
        Assert.Equal(0, statistics.Late);
        Assert.True(statistics.Played >= 398);
    }

    [Fact]
    public void Put_JitterAboveTheDelay_DelayGrowsUntilFewAreLate()
    {
        Random random = new(9);
        Stream(0, 3000, index => index == 0 ? 0 : random.Next(0, 90_000));
        _link.RunUntil(_link.Origin + (1500L * Frame));
        long lateAtHalf = _link.Buffer.GetStatistics().Late;
        _link.RunUntil(_link.Origin + (3100L * Frame));
        JitterBufferStatistics statistics = _link.Buffer.GetStatistics();
        Assert.InRange(statistics.Target.TotalMilliseconds, 90, 130);
        Assert.InRange(statistics.Late - lateAtHalf, 0, 15);
        Assert.True(statistics.Stretches >= 2);
        Assert.Equal(statistics.Accepted, statistics.Played + statistics.Skipped + statistics.Buffered);
        Assert.Equal(_link.Played.Order(), _link.Played);
    }

    [Fact]
    public void Put_JitterEnds_DelayShrinksAgain()
    {
        Random random = new(9);
        Stream(0, 3000, index => index < 500 ? random.Next(0, 90_000) : 0);
        _link.RunUntil(_link.Origin + (3100L * Frame));
        Assert.Equal(TimeSpan.FromMilliseconds(40), _link.Buffer.GetStatistics().Target);
        Assert.InRange(_link.Delays[^1], 35_000, 85_000);
        Assert.True(_link.Buffer.GetStatistics().Skipped > 0);
    }

    [Fact]
    public void Put_JitterBeyondTheMost_DelayStopsAtTheMost()
    {
        Random random = new(2);
        Stream(0, 2000, _ => random.Next(0, 600_000));
        _link.RunUntil(_link.Origin + (2100L * Frame));
        Assert.Equal(TimeSpan.FromMilliseconds(200), _link.Buffer.GetStatistics().Target);
        Assert.All(_link.Delays, delay => Assert.True(delay < 900_000));
    }

    [Theory]
    [InlineData(1.002)]
    [InlineData(0.998)]
    public void Pop_SenderClockDrifts_DelayStaysBounded(double rate)
    {
        // Two minutes at 2,000 ppm: 240 ms of drift, twelve steps.
        for (int i = 0; i < 6000; i++)
            _link.Send(i, i * 160L, _link.Origin + (long)(i * Frame / rate));
        _link.RunUntil(_link.Origin + (6100L * Frame));
        JitterBufferStatistics statistics = _link.Buffer.GetStatistics();
        Assert.InRange(rate > 1 ? statistics.Skipped : statistics.Stretches, 9, 14);
        Assert.InRange(statistics.Late, 0, 20);
        Assert.InRange(statistics.Played, 5970, 6000);
        Assert.Equal(0, statistics.Resyncs);
    }

    [Theory]
    [InlineData(1.0002)]
    [InlineData(0.9998)]
    public void Pop_HalfAnHourOf200Ppm_DelayStaysAndNoPacketIsMissed(double rate)
    {
        AudioLink link = new();
        Random random = new(17);
        const int Packets = 30 * 60 * 50;
        for (int i = 0; i < Packets; i++)
        {
            long sent = link.Origin + (long)(i * (double)AudioLink.FrameMicroseconds * rate);
            link.RunUntil(sent);
            link.Send(i, i * (long)AudioLink.FrameTicks, sent + random.Next(8_000));
        }

        JitterBufferStatistics statistics = link.Buffer.GetStatistics();
        double drift = Packets * (double)AudioLink.FrameMicroseconds * (rate - 1);
        double[] delays = [.. link.Played.Select((sequence, i) => link.Delays[i] - (drift * i / Packets))];
        Assert.InRange(delays.Skip(500).Min(), 0, 60_000);
        Assert.InRange(delays.Skip(500).Max(), 0, 80_000);
        Assert.Equal(0, statistics.Late);
        Assert.InRange(statistics.Stretches + statistics.Skipped, 10, 40); // 360 ms in steps of 20.
        Assert.InRange(link.Pieces.Count(piece => piece is 'E' or 'F'), 0, 5);
    }

    [Fact]
    public void Pop_TalkerPauses_IsEmptyNotLost()
    {
        Stream(0, 50, _ => 0);
        for (int i = 50; i < 100; i++) // two seconds of silence: sequence numbers go on, timestamps jump
            _link.Send(i, (i + 100) * 160L, _link.Origin + ((i + 100L) * Frame));
        _link.RunUntil(_link.Origin + (220L * Frame));
        JitterBufferStatistics statistics = _link.Buffer.GetStatistics();
        Assert.Equal((100L, 0L, 0L, 0L), (statistics.Played, statistics.Lost, statistics.Late, statistics.Resyncs));
        Assert.DoesNotContain('L', _link.Line);
        Assert.Contains(new string('E', 100), _link.Line);
        Assert.Equal(_link.Delays[0], _link.Delays[^1]);
    }

    [Fact]
    public void Put_NewSsrc_StartsAnew()
    {
        Stream(0, 20, _ => 0);
        for (int i = 0; i < 20; i++)
            _link.Send(30_000 + i, 777_000 + (i * 160), _link.Origin + ((20L + i) * Frame), ssrc: 2);
        _link.RunUntil(_link.Origin + (50L * Frame));
        Assert.Equal(1, _link.Buffer.GetStatistics().Resyncs);
        Assert.Equal(30_019, _link.Played[^1]);
        Assert.Equal(20, _link.Played.Count(sequence => sequence >= 30_000));
    }

    [Theory]
    [InlineData(10_000_000)]
    [InlineData(-10_000_000)]
    [InlineData(2_000_000_000)]
    public void Put_TimestampsJump_PlaysOnAfterAtMostAFewPackets(long jump)
    {
        Stream(0, 50, _ => 0);
        for (int i = 50; i < 150; i++)
            _link.Send(i, (i * 160L) + jump, _link.Origin + (i * (long)Frame));
        _link.RunUntil(_link.Origin + (170L * Frame));
        Assert.InRange(_link.Buffer.GetStatistics().Resyncs, 1, 2);
        Assert.InRange(_link.Played.Count, 140, 150);
        Assert.Equal(149, _link.Played[^1]);
    }

    [Fact]
    public void Put_SequenceJumps_PlaysOn()
    {
        Stream(0, 50, _ => 0);
        for (int i = 50; i < 150; i++)
            _link.Send(i + 5000, i * 160L, _link.Origin + (i * (long)Frame));
        _link.RunUntil(_link.Origin + (170L * Frame));
        Assert.Equal(1, _link.Buffer.GetStatistics().Resyncs);
        Assert.Equal(5149, _link.Played[^1]);
        Assert.True(_link.Played.Count >= 145);
    }

    [Fact]
    public void Put_NetworkStallsThenBursts_Recovers()
    {
        // Packets 100 to 199 are held for up to two seconds and come at once.
        Stream(0, 600, index => index is >= 100 and < 200 ? (200 - index) * (long)Frame : 0);
        _link.RunUntil(_link.Origin + (700L * Frame));
        Assert.Equal(599, _link.Played[^1]);
        Assert.True(_link.Played.Count(sequence => sequence >= 300) >= 295, _link.Line);
        Assert.InRange(_link.Delays[^1], 35_000, 260_000);
    }

    [Fact]
    public void Pop_WrapOfSequenceAndTimestamp_GoesUnnoticed()
    {
        _link.FirstTimestamp = uint.MaxValue - (100 * 160);
        for (int i = 0; i < 300; i++)
            _link.Send(65_400 + i, _link.FirstTimestamp + (i * 160L), _link.Origin + (i * (long)Frame));
        _link.RunUntil(_link.Origin + (320L * Frame));
        Assert.Equal(300, _link.Played.Count);
        Assert.Equal(0, _link.Buffer.GetStatistics().Resyncs);
    }

    [Theory]
    [InlineData(80)] // 10 ms
    [InlineData(240)] // 30 ms
    [InlineData(480)] // 60 ms
    public void Pop_OtherPacketLengths_FillEveryTick(int ticks)
    {
        JitterBuffer buffer = new(new JitterBufferOptions(), AudioLink.Frequency);
        int sent = 0;
        int inHand = 0;
        int played = 0;
        bool started = false;
        for (long now = 0; now < 4_000_000; now += 10_000)
        {
            while (sent * (ticks * 125L) <= now)
            {
                buffer.Put(RtpBytes.View(RtpBytes.Make((ushort)sent, (uint)(sent * ticks), new byte[ticks])), ticks, sent * ticks * 125L);
                sent++;
            }

            if (now % 20_000 != 0)
                continue;
            while (inHand < 160)
            {
                JitterFrame frame = buffer.Pop(now, 160);
                inHand += frame.DurationTicks;
                started |= frame.Kind == JitterFrameKind.Packet;
                played += frame.Kind == JitterFrameKind.Packet ? 1 : 0;
                Assert.True(!started || frame.Kind == JitterFrameKind.Packet, $"{frame.Kind} at {now}");
            }

            inHand -= 160;
        }

        Assert.InRange(sent - played, 0, 8);
    }

    [Fact]
    public void Pop_ReaderStallsHalfASecond_JumpsToThePresent()
    {
        JitterBuffer buffer = new(new JitterBufferOptions(), AudioLink.Frequency);
        int played = 0;
        for (int i = 0; i < 200; i++)
        {
            buffer.Put(RtpBytes.View(RtpBytes.Make((ushort)i, (uint)(i * 160), new byte[160])), 160, i * (long)Frame);
            if (i is < 50 or >= 75) // 25 ticks of the media clock are missing
                played += buffer.Pop(i * (long)Frame, 160).Kind == JitterFrameKind.Packet ? 1 : 0;
        }

        JitterBufferStatistics statistics = buffer.GetStatistics();
        Assert.InRange(statistics.Skipped, 22, 26);
        Assert.InRange(statistics.Buffered, 1, 4); // the delay is what it was
        Assert.Equal(200, played + statistics.Skipped + statistics.Buffered);
        Assert.Equal((0L, 0L, 0L), (statistics.Lost, statistics.Late, statistics.Resyncs));
    }

    [Fact]
    public void Put_TooLong_IsRefused()
    {
        JitterBuffer buffer = new(new JitterBufferOptions { SlotBytes = 100 }, AudioLink.Frequency);
        Assert.Equal(JitterPutResult.TooLong, buffer.Put(RtpBytes.View(RtpBytes.Make(0, 0, new byte[101])), 160, 0));
        Assert.Equal(JitterPutResult.Accepted, buffer.Put(RtpBytes.View(RtpBytes.Make(0, 0, new byte[100])), 160, 0));
        Assert.Equal(JitterPutResult.Duplicate, buffer.Put(RtpBytes.View(RtpBytes.Make(0, 0, new byte[100])), 160, 0));
    }

    [Fact]
    public void PutAndPop_RandomEverything_KeepsItsBooks()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            JitterBuffer buffer = new(new JitterBufferOptions { Slots = 16, SlotBytes = 200 }, AudioLink.Frequency);
            long now = 0;
            ushort sequence = 0;
            uint timestamp = 0;
            for (int i = 0; i < 5000; i++)
            {
                now += random.Next(0, 40_000);
                sequence += (ushort)(random.Next(10) == 0 ? random.Next(-5, 30) : 1);
                timestamp += (uint)(random.Next(15) == 0 ? random.Next(-2000, 2000) : 160);
                if (random.Next(300) == 0)
                    timestamp = (uint)random.NextInt64(1L << 32);
                byte[] bytes = RtpBytes.Make(sequence, timestamp, new byte[random.Next(1, 200)], ssrc: (uint)(i / 2000));
                buffer.Put(RtpBytes.View(bytes), random.Next(0, 400), now);
                for (int pops = random.Next(3); pops > 0; pops--)
                    Assert.InRange(buffer.Pop(now, 160).DurationTicks, 1, 400);
                Assert.InRange(buffer.GetStatistics().Buffered, 0, 16);
            }

            Assert.True(buffer.GetStatistics().Played > 100);
        }
    }

    [Fact]
    public void PutAndPop_Warm_AllocateNothing()
    {
        JitterBuffer buffer = new(new JitterBufferOptions(), AudioLink.Frequency);
        byte[] bytes = RtpBytes.Make(0, 0, new byte[160]);
        int index = 0;
        int played = 0;
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 100; i++, index++)
            {
                new RtpHeader(0, false, (ushort)index, (uint)(index * 160), 1).TryWrite(bytes);
                _ = RtpPacketView.TryParse(bytes, out RtpPacketView view, out _);
                buffer.Put(view, 160, index * (long)Frame);
                played += buffer.Pop(index * (long)Frame, 160).Kind == JitterFrameKind.Packet ? 1 : 0;
            }
        }));
        Assert.True(played > 390);
    }

    private void Stream(int first, int count, Func<int, long> delay, HashSet<int>? lost = null)
    {
        for (int i = first; i < first + count; i++)
        {
            long late = delay(i);
            if (lost?.Contains(i) != true)
                _link.Send(i, i * 160L, _link.Origin + (i * (long)Frame) + late);
        }
    }
}
