using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Phone;

/// <summary>
/// The test phone's eye: puts pictures together, counts and times them, asks for a key frame when parts are missing, hands
/// them to the recorder. Packets come on a receive loop, ticks on a media thread; one lock lies between.
/// </summary>
internal sealed class PhoneVideo : IRtpSink, IMediaTask, IDisposable
{
    /// <summary>A late packet is waited for as long as a phone with a jitter buffer waits; only gaps cost this time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly RtcpClock _clock;
    private readonly StreamTimeline _timeline;
    private readonly SkewMeter _skew;
    private readonly CallRecorder? _recorder;
    private readonly WireLog? _wire;
    private readonly VideoReorderBuffer _reorder;
    private readonly VideoDepacketizer _depacketizer;
    private readonly LibAvVideoDecoder _decoder;
    private RtpSession? _session;
    private long? _firstIdr;
    private long _firstPicture;
    private long _lastPicture;
    private long _largestGap;

    /// <summary>Makes the receiver of one video line.</summary>
    public PhoneVideo(VideoCodec codec, RtcpClock clock, StreamTimeline timeline, SkewMeter skew, CallRecorder? recorder, WireLog? wire)
    {
        Codec = codec;
        _clock = clock;
        _timeline = timeline;
        _skew = skew;
        _recorder = recorder;
        _wire = wire;
        _recorder?.ExpectVideo(codec);
        _reorder = new VideoReorderBuffer(clock.TimestampFrequency, LongestWait);
        _depacketizer = codec == VideoCodec.H264 ? new H264Depacketizer() : new H265Depacketizer();
        _decoder = new LibAvVideoDecoder(codec);
    }

    /// <summary>Coding.</summary>
    public VideoCodec Codec { get; }

    /// <summary>Whole pictures.</summary>
    public long Frames { get; private set; }

    /// <summary>Arrival of the last packet of the first key frame that a decoder could decode.</summary>
    public long? FirstIdr => _firstIdr;

    /// <summary>Size of that key frame, "512x512".</summary>
    public string? Size { get; private set; }

    /// <summary>Pictures a second between the first and the last.</summary>
    public double? Fps => Frames < 2 ? null : (Frames - 1) / Seconds(_lastPicture - _firstPicture);

    /// <summary>Longest time between two pictures, milliseconds.</summary>
    public double? LargestGapMs => Frames < 2 ? null : Seconds(_largestGap) * 1000;

    /// <summary>How the pictures stand, as their sender last said (CVO); null where it says nothing.</summary>
    public VideoOrientation? Orientation { get; private set; }

    /// <summary>Joins the receiver and its session; once.</summary>
    public void Bind(RtpSession session) => _session = session;

    /// <inheritdoc/>
    public void OnRtp(in RtpPacketView packet, long arrivalTimestamp)
    {
        lock (_lock)
        {
            if (_session?.Parameters.OrientationId is { } id && VideoOrientation.TryRead(packet, id, out VideoOrientation orientation))
                Orientation = orientation;
            _reorder.Put(packet, arrivalTimestamp);
            TakeNeedsLock(arrivalTimestamp);
        }
    }

    /// <inheritdoc/>
    public long Run(long now)
    {
        lock (_lock)
            TakeNeedsLock(now);
        _session?.OnTick(now);
        return now + (_clock.TimestampFrequency / 50);
    }

    /// <inheritdoc/>
    public void OnFault(Exception exception)
    {
    }

    /// <inheritdoc/>
    public void OnFeedback(in FeedbackMessage feedback)
    {
    }

    /// <inheritdoc/>
    public void OnSenderReport(uint ssrc, in SenderInfo info, long arrivalTimestamp)
    {
        lock (_skew)
            _timeline.OnSenderReport(info);
    }

    /// <inheritdoc/>
    public void OnBye(uint ssrc)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private void TakeNeedsLock(long now)
    {
        while (_reorder.TryTake(now, out RtpPacketView packet))
        {
            _depacketizer.Push(packet);
            while (_depacketizer.TryTake(out VideoFrameView picture))
                OnPictureNeedsLock(picture, now);
        }
    }

    private void OnPictureNeedsLock(in VideoFrameView picture, long now)
    {
        if (picture.IsDamaged || (picture.FollowsLoss && !picture.IsKeyFrame))
            _session?.SendPli(now);
        if (picture.IsDamaged)
            return;
        if (Frames == 0)
            _firstPicture = now;
        else
            _largestGap = Math.Max(_largestGap, now - _lastPicture);
        _lastPicture = now;
        Frames++;
        if (_firstIdr is null && picture.IsKeyFrame && _decoder.TryDecode(picture.Data, 0, out DecodedVideo decoded))
        {
            _firstIdr = now;
            Size = $"{decoded.Picture.Width}x{decoded.Picture.Height}";
        }

        DateTimeOffset arrival = _clock.ToNtp(now).ToDateTimeOffset();
        lock (_skew)
        {
            if (_timeline.IsKnown)
                _skew.OnPicture(arrival - _timeline.ToWallClock(picture.Timestamp));
        }

        _wire?.OnPicture(picture.Timestamp, picture.Data, now);
        _recorder?.AddPicture(picture.Timestamp, picture.Data.ToArray(), picture.IsKeyFrame, arrival);
    }

    private double Seconds(long ticks) => ticks / (double)_clock.TimestampFrequency;
}
