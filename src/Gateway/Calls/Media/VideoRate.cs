namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// How much a picture may send: less when the far end reports loss or names a limit (TMMBR, REMB), again more when the way is
/// free. First the bit rate goes down, then every second or third picture only is sent, so that each stays sharp, and at the bottom
/// the picture becomes smaller. Reports come
/// on one thread, <see cref="TryTake"/> on another.
/// </summary>
internal sealed class VideoRate
{
    /// <summary>Loss that a call lives with: up to here the rate rises.</summary>
    private const double LittleLoss = 0.02;

    /// <summary>Loss that tells of a full way: above it the rate falls by half of the loss.</summary>
    private const double MuchLoss = 0.10;

    /// <summary>Rise a second while the way is free.</summary>
    private const double RisePerSecond = 1.08;

    /// <summary>Least bit rate, bit/s, and least share of the agreed one: below that a picture is not worth sending.</summary>
    private const int LeastBitRate = 48_000;
    private const double LeastShare = 0.1;

    /// <summary>A change below this is not worth telling the encoder: some are opened anew for it.</summary>
    private const double SmallestChange = 0.1;

    /// <summary>Shares of the agreed rate at which the picture becomes smaller and large again.</summary>
    private const double SmallBelow = 0.15;
    private const double LargeAbove = 0.3;

    /// <summary>Two changes of size are at least so far apart: each costs a key frame.</summary>
    private const int ResizeSeconds = 5;

    private readonly Lock _lock = new();
    private readonly int _agreed;
    private readonly long _ticksPerSecond;
    private double _rate;
    private int _ceiling = int.MaxValue;
    private long? _lastReport;
    private long? _lastFall;
    private long? _lastTold;
    private long? _lastResize;
    private VideoStep _told;

    /// <summary>Begins at the agreed rate.</summary>
    /// <param name="agreed">bit/s.</param>
    /// <param name="ticksPerSecond">Of all times.</param>
    public VideoRate(int agreed, long ticksPerSecond)
    {
        _agreed = agreed;
        _ticksPerSecond = ticksPerSecond;
        _rate = agreed;
        _told = new VideoStep(agreed, OneOf: 1, IsSmall: false);
    }

    /// <summary>Takes a report of the far end.</summary>
    /// <param name="lost">Share of packets lost since its last report, 0 to 1.</param>
    /// <param name="now">Ticks.</param>
    public void OnReport(double lost, long now)
    {
        lock (_lock)
        {
            double seconds = _lastReport is { } last ? Math.Clamp((now - last) / (double)_ticksPerSecond, 0, 10) : 0;
            _lastReport = now;
            if (lost > MuchLoss)
            {
                if (_lastFall is { } fall && now - fall < _ticksPerSecond / 2)
                    return; // One burst, told by two reports.
                _lastFall = now;
                _rate *= 1 - (lost / 2);
            }
            else if (lost <= LittleLoss)
            {
                _rate *= Math.Pow(RisePerSecond, seconds);
            }

            _rate = Math.Clamp(_rate, Math.Min(_agreed, Math.Max(LeastBitRate, _agreed * LeastShare)), _agreed);
        }
    }

    /// <summary>The far end names the most that it takes (RFC 5104 §4.2.1, REMB), bit/s; it holds until it names another.</summary>
    public void OnCeiling(int bitsPerSecond)
    {
        lock (_lock)
            _ceiling = Math.Max(LeastBitRate, bitsPerSecond);
    }

    /// <summary>True when the encoder is to be told something new.</summary>
    /// <param name="now">Ticks.</param>
    /// <param name="step">What holds from now on.</param>
    public bool TryTake(long now, out VideoStep step)
    {
        lock (_lock)
        {
            double rate = Math.Min(_rate, _ceiling);
            int oneOf = OneOf(rate / _agreed);
            int bitRate = (int)Math.Min(rate * oneOf, _agreed);
            step = new VideoStep(bitRate, oneOf, IsSmallNeedsLock(rate, now));
            bool isNew = oneOf != _told.OneOf || step.IsSmall != _told.IsSmall || (bitRate != _told.BitRate && bitRate == _agreed)
                || Math.Abs(bitRate - _told.BitRate) > SmallestChange * _told.BitRate;
            if (!isNew || (_lastTold is { } told && now - told < _ticksPerSecond / 2))
                return false;
            if (step.IsSmall != _told.IsSmall)
                _lastResize = now;
            _lastTold = now;
            _told = step;
            return true;
        }
    }

    private bool IsSmallNeedsLock(double rate, long now)
    {
        bool isSmall = _told.IsSmall ? rate < LargeAbove * _agreed : rate < SmallBelow * _agreed;
        bool isTooSoon = _lastResize is { } last && now - last < ResizeSeconds * _ticksPerSecond;
        return isTooSoon ? _told.IsSmall : isSmall;
    }

    /// <summary>Fewer pictures below a half and a quarter of the agreed rate; back only a little above, so that it does not swing.</summary>
    private int OneOf(double share) => share switch
    {
        < 0.25 => 3,
        < 0.35 when _told.OneOf == 3 => 3,
        < 0.5 => 2,
        < 0.65 when _told.OneOf >= 2 => 2,
        _ => 1,
    };
}
