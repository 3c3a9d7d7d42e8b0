namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// Where the time of a video stream goes, and how late its pictures begin. Written by the stream's media thread, read by any;
/// counters are read one by one, which is exact enough for figures.
/// </summary>
internal sealed class VideoTimes
{
    /// <summary>Buckets of the lateness: half a millisecond each, the last one takes all above 200 ms.</summary>
    private const int Buckets = 401;

    private readonly long[] _late = new long[Buckets];
    private readonly long[] _sent = new long[Buckets];
    private readonly long _ticksPerBucket;
    private readonly double _ticksPerMs;
    private long _drawTicks;
    private long _encodeTicks;
    private long _sendTicks;

    /// <summary>Makes empty counters.</summary>
    /// <param name="ticksPerSecond">Of the timestamps given.</param>
    public VideoTimes(long ticksPerSecond)
    {
        _ticksPerBucket = Math.Max(1, ticksPerSecond / 2000);
        _ticksPerMs = ticksPerSecond / 1000.0;
    }

    /// <summary>Core time of drawing so far, milliseconds.</summary>
    public double DrawMs => Volatile.Read(ref _drawTicks) / _ticksPerMs;

    /// <summary>Core time of encoding so far, milliseconds.</summary>
    public double EncodeMs => Volatile.Read(ref _encodeTicks) / _ticksPerMs;

    /// <summary>Core time of packetizing and sending so far, milliseconds.</summary>
    public double SendMs => Volatile.Read(ref _sendTicks) / _ticksPerMs;

    /// <summary>One picture was drawn and encoded.</summary>
    /// <param name="late">From when it was due to when it was begun.</param>
    /// <param name="draw">Ticks of drawing.</param>
    /// <param name="encode">Ticks of encoding.</param>
    public void OnPicture(long late, long draw, long encode)
    {
        Count(_late, late);
        Volatile.Write(ref _drawTicks, _drawTicks + draw);
        Volatile.Write(ref _encodeTicks, _encodeTicks + encode);
    }

    /// <summary>Packets were sent.</summary>
    public void OnSent(long ticks) => Volatile.Write(ref _sendTicks, _sendTicks + ticks);

    /// <summary>The last packet of a picture was sent.</summary>
    /// <param name="late">From when the picture was due.</param>
    public void OnComplete(long late) => Count(_sent, late);

    /// <summary>Adds the lateness with which pictures were begun to a sum of several streams: index is half milliseconds.</summary>
    public void AddLatenessTo(long[] sum) => Add(_late, sum);

    /// <summary>Adds the times from a picture's instant to its last packet to a sum of several streams: index is half milliseconds.</summary>
    public void AddCompletionTo(long[] sum) => Add(_sent, sum);

    /// <summary>An empty sum for <see cref="AddLatenessTo"/>.</summary>
    public static long[] NewSum() => new long[Buckets];

    /// <summary>What a share of the pictures does not exceed, milliseconds; null without pictures.</summary>
    public static double? Percentile(long[] sum, double share)
    {
        long total = sum.Sum();
        if (total == 0)
            return null;
        long wanted = (long)Math.Ceiling(share * total);
        for (int i = 0; i < sum.Length; i++)
        {
            wanted -= sum[i];
            if (wanted <= 0)
                return (i + 1) / 2.0;
        }

        return sum.Length / 2.0;
    }

    private void Count(long[] times, long ticks)
    {
        int bucket = (int)Math.Clamp(ticks / _ticksPerBucket, 0, Buckets - 1);
        Volatile.Write(ref times[bucket], times[bucket] + 1);
    }

    private static void Add(long[] times, long[] sum)
    {
        for (int i = 0; i < Buckets; i++)
            sum[i] += Volatile.Read(ref times[i]);
    }
}
