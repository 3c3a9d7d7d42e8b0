namespace Avatar2D.Rtp.Rtcp;

/// <summary>
/// When the next report is due (RFC 3550 §6.3, A.7), for a session of two members. Holds times only, as seconds on the
/// caller's clock; sends nothing and reads no clock. One caller at a time.
/// </summary>
public sealed class RtcpScheduler
{
    /// <summary>e - 3/2: timer reconsideration makes intervals shorter by this much, so they are divided by it (§6.3.1).</summary>
    public const double Compensation = 1.21828;

    /// <summary>IPv4 20 + UDP 8 bytes count as RTCP bandwidth (§6.2).</summary>
    public const int LowerLayerBytes = 28;

    private readonly RtcpSchedulerOptions _options;
    private readonly Random _random;
    private double _averageBytes = 128; // a first guess: SR with one block, SDES, lower layers
    private double _previous;
    private double _next;

    /// <summary>Starts the schedule at <paramref name="nowSeconds"/>.</summary>
    public RtcpScheduler(RtcpSchedulerOptions options, Random random, double nowSeconds)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        _options = options;
        _random = random;
        BandwidthBitsPerSecond = options.RtcpBandwidthBitsPerSecond;
        Restart(nowSeconds);
    }

    /// <summary>Bandwidth of all RTCP, bit/s; starts as the option says and may be negotiated (b=RS + b=RR, RFC 3556). 0: no regular reports.</summary>
    public int BandwidthBitsPerSecond { get; set; }

    /// <summary>When the next report is due, seconds.</summary>
    public double NextSeconds => _next;

    /// <summary>Mean size of compound packets with lower layers, bytes (§6.3.3).</summary>
    public double AverageBytes => _averageBytes;

    /// <summary>Begins anew with a soon first report: at the start, and when media starts after a pause.</summary>
    public void Restart(double nowSeconds)
    {
        _previous = nowSeconds;
        _next = nowSeconds + (_options.FirstReportWithin.TotalSeconds * (0.5 + (0.5 * _random.NextDouble())));
        FirstPending = true;
    }

    /// <summary>True until the first report since the last <see cref="Restart"/> was due.</summary>
    public bool FirstPending { get; private set; }

    /// <summary>
    /// True when a report is to be sent now. At the end of an interval a new one is drawn and counted from the last report
    /// (timer reconsideration, §6.3.6); only when that is over too the report goes out.
    /// </summary>
    /// <param name="nowSeconds">The caller's clock.</param>
    /// <param name="members">Members of the session, we among them: 1 or 2.</param>
    /// <param name="senders">Members that sent RTP in the last two intervals.</param>
    /// <param name="weSent">True when we are one of the senders.</param>
    public bool IsDue(double nowSeconds, int members, int senders, bool weSent)
    {
        if (nowSeconds < _next || BandwidthBitsPerSecond <= 0)
            return false;
        if (!FirstPending)
        {
            double reconsidered = _previous + DrawInterval(members, senders, weSent);
            if (reconsidered > nowSeconds)
            {
                _next = reconsidered;
                return false;
            }
        }

        FirstPending = false;
        _previous = nowSeconds;
        _next = nowSeconds + DrawInterval(members, senders, weSent);
        return true;
    }

    /// <summary>Takes a compound packet, sent or received, into the mean (§6.3.3).</summary>
    /// <param name="bytes">Size without lower layers.</param>
    public void OnPacket(int bytes) => _averageBytes += (bytes + LowerLayerBytes - _averageBytes) / 16;

    /// <summary>The interval before randomisation, seconds (§6.3.1): 25 % of the bandwidth for senders while they are few.</summary>
    public double DeterministicInterval(int members, int senders, bool weSent)
    {
        double bandwidth = Math.Max(1, BandwidthBitsPerSecond) / 8.0;
        int count = Math.Max(1, members);
        if (senders > 0 && senders < 0.25 * members)
        {
            bandwidth *= weSent ? 0.25 : 0.75;
            count = weSent ? senders : members - senders;
        }

        return Math.Max(_options.MinimumInterval.TotalSeconds, _averageBytes * count / bandwidth);
    }

    private double DrawInterval(int members, int senders, bool weSent) =>
        DeterministicInterval(members, senders, weSent) * (0.5 + _random.NextDouble()) / Compensation;
}
