using System.Text;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Rtp.Sessions;

/// <summary>Writes the session's reports and remembers what the peer's said. Not thread-safe: the session's lock guards it.</summary>
internal sealed class RtcpReporter
{
    /// <summary>Room for SR + one block 52, SDES with the longest CNAME 268, FIR 20, BYE 8, and a later SRTCP tail.</summary>
    public const int MaxCompoundBytes = 512;

    private readonly RtcpClock _clock;
    private readonly RtcpScheduler _scheduler;
    private readonly byte[] _cname;
    private readonly uint _ssrc;
    private readonly int _defaultBandwidth;
    private bool _hasMediaTime;
    private uint _mediaRtpTimestamp;
    private long _mediaTimestamp;
    private uint _lastSenderReportSsrc;
    private uint _lastSenderReport;
    private long _lastSenderReportArrival;
    private byte _firSequence;
    private (uint Ssrc, byte Sequence)? _lastFir;
    private (uint Owner, int BitRateBps)? _limitToTell;
    private long _sentAtLast, _sentAtPrevious;
    private long _receivedAtLast, _receivedAtPrevious;

    /// <summary>Starts the schedule.</summary>
    public RtcpReporter(RtpSessionOptions options, uint ssrc, RtcpClock clock, Random random)
    {
        _cname = Encoding.UTF8.GetBytes(options.Cname);
        if (_cname.Length is 0 or > 255)
            throw new ArgumentException("A CNAME has 1 to 255 bytes.", nameof(options));
        _clock = clock;
        _ssrc = ssrc;
        _defaultBandwidth = options.Rtcp.RtcpBandwidthBitsPerSecond;
        _scheduler = new RtcpScheduler(options.Rtcp, random, clock.ToSeconds(clock.Now));
    }

    /// <summary>What the peer last reported about our stream; null before.</summary>
    public ReportBlock? RemoteReport { get; private set; }

    /// <summary>Round trip from the last block that allowed it.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>Takes the negotiated bandwidth; null: the option's.</summary>
    public void SetBandwidth(int? bitsPerSecond) => _scheduler.BandwidthBitsPerSecond = bitsPerSecond ?? _defaultBandwidth;

    /// <summary>A report soon: media or addresses are new.</summary>
    public void HurryNext(long now)
    {
        if (!_scheduler.FirstPending)
            _scheduler.Restart(_clock.ToSeconds(now));
    }

    /// <summary>Ties an RTP timestamp (as on the wire) to a moment.</summary>
    public void SetMediaTime(uint rtpTimestamp, long timestamp)
    {
        _hasMediaTime = true;
        _mediaRtpTimestamp = rtpTimestamp;
        _mediaTimestamp = timestamp;
    }

    /// <summary>As <see cref="SetMediaTime"/>, unless a pair is known.</summary>
    public void SetMediaTimeIfUnknown(uint rtpTimestamp, long timestamp)
    {
        if (!_hasMediaTime)
            SetMediaTime(rtpTimestamp, timestamp);
    }

    /// <summary>True when a report is due.</summary>
    public bool IsDue(long now, long packetsSent, bool peerKnown, long packetsReceived)
    {
        bool weSent = packetsSent > _sentAtPrevious;
        int senders = (weSent ? 1 : 0) + (packetsReceived > _receivedAtPrevious ? 1 : 0);
        return _scheduler.IsDue(_clock.ToSeconds(now), peerKnown ? 2 : 1, senders, weSent);
    }

    /// <summary>Writes SR or RR, SDES, and what is asked for besides; returns the length.</summary>
    public int Write(
        Span<byte> destination,
        long now,
        int clockRateHz,
        long packetsSent,
        long octetsSent,
        ReceptionStatistics reception,
        uint? remoteSsrc,
        FeedbackKind request = FeedbackKind.None,
        bool bye = false)
    {
        Span<ReportBlock> room = stackalloc ReportBlock[1];
        scoped ReadOnlySpan<ReportBlock> blocks = default;
        if (remoteSsrc is uint remote && reception.IsStarted)
        {
            room[0] = MakeBlock(remote, reception, now);
            blocks = room;
        }

        RtcpWriter writer = new(destination);
        if (packetsSent > _sentAtPrevious && _hasMediaTime)
        {
            uint rtp = _mediaRtpTimestamp + (uint)_clock.ToRtpTicks(_mediaTimestamp, now, clockRateHz);
            SenderInfo info = new(_clock.ToNtp(now), rtp, (uint)packetsSent, (uint)octetsSent);
            writer.TryWriteSenderReport(_ssrc, info, blocks);
        }
        else
        {
            writer.TryWriteReceiverReport(_ssrc, blocks);
        }

        writer.TryWriteCname(_ssrc, _cname);
        if (request == FeedbackKind.PictureLoss)
            writer.TryWritePli(_ssrc, remoteSsrc ?? 0);
        else if (request == FeedbackKind.FullIntraRequest)
            writer.TryWriteFir(_ssrc, remoteSsrc ?? 0, _firSequence++);
        if (_limitToTell is { } limit && writer.TryWriteTmmbn(_ssrc, limit.Owner, limit.BitRateBps))
            _limitToTell = null;
        if (bye)
            writer.TryWriteBye(_ssrc);

        if (request == FeedbackKind.None)
        {
            _sentAtPrevious = _sentAtLast;
            _sentAtLast = packetsSent;
            _receivedAtPrevious = _receivedAtLast;
            _receivedAtLast = reception.PacketsReceived;
        }

        _scheduler.OnPacket(writer.Length);
        return writer.Length;
    }

    /// <summary>A compound of this size came in.</summary>
    public void OnReceived(int bytes) => _scheduler.OnPacket(bytes);

    /// <summary>Remembers an SR for LSR and DLSR.</summary>
    public void OnSenderReport(uint ssrc, in SenderInfo info, long arrival)
    {
        _lastSenderReportSsrc = ssrc;
        _lastSenderReport = info.Ntp.Middle32;
        _lastSenderReportArrival = arrival;
    }

    /// <summary>Takes a block about our stream: round trip = arrival - LSR - DLSR (RFC 3550 §6.4.1).</summary>
    public void OnReportBlock(in ReportBlock block, long arrival)
    {
        RemoteReport = block;
        if (block.LastSenderReport == 0)
            return;
        int roundTrip = (int)(_clock.ToNtp(arrival).Middle32 - block.LastSenderReport - block.DelaySinceLastSenderReport);
        if (roundTrip >= 0)
            RoundTrip = TimeSpan.FromSeconds(roundTrip / 65536.0);
    }

    /// <summary>A TMMBR came: the next report tells that we keep to it (RFC 5104 §4.2.2).</summary>
    public void OnLimit(in FeedbackMessage limit, long now)
    {
        _limitToTell = (limit.SenderSsrc, limit.BitRateBps);
        HurryNext(now);
    }

    /// <summary>True the first time a FIR command comes; peers repeat it until the picture is there (RFC 5104 §4.3.1.2).</summary>
    public bool IsNewFir(in FeedbackMessage fir)
    {
        (uint, byte) key = (fir.SenderSsrc, fir.FirSequence);
        if (_lastFir == key)
            return false;
        _lastFir = key;
        return true;
    }

    private ReportBlock MakeBlock(uint remoteSsrc, ReceptionStatistics reception, long now)
    {
        bool hasReport = _lastSenderReport != 0 && _lastSenderReportSsrc == remoteSsrc;
        uint delay = !hasReport ? 0 : (uint)_clock.ToRtpTicks(_lastSenderReportArrival, now, 65536);
        return new ReportBlock(
            remoteSsrc,
            reception.TakeFractionLost(),
            (int)Math.Clamp(reception.PacketsLost, ReportBlock.MinLost, ReportBlock.MaxLost),
            reception.HighestSequence,
            reception.Jitter,
            hasReport ? _lastSenderReport : 0,
            delay);
    }
}
