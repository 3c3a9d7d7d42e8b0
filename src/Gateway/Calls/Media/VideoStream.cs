using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Marking;
using Avatar2D.Media;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The picture of a call: for every frame time it draws, encodes and sends one picture, so much before that it is out on time
/// (<see cref="PictureLead"/>); many packets are spread over half of the frame time. A picture that would be late is left out, never queued. Nothing is allocated per picture.
/// </summary>
internal sealed class VideoStream : IMediaTask, IRtpSink
{
    /// <summary>Between two looks for the first codec, which is opened elsewhere: an eighth of a frame time, and next to no work.</summary>
    private const int WaitMs = 5;

    private readonly RtcpClock _clock;
    private readonly KeyFramePolicy _keyFrames;
    private readonly IStreamOwner _owner;
    private readonly PictureLead _lead;
    private volatile VideoSetup? _next;
    private volatile VideoSetup? _active;
    private volatile Snapshot? _snapshot;
    private RtpSession? _session;
    private byte[] _unit = new byte[64 * 1024];
    private int _unitLength;
    private int _burst;
    private uint _unitTimestamp;
    private bool _unitIsKeyFrame;
    private long _unitDue;
    private long _start;
    private long _index;
    private long _pts;
    private bool _started;
    private bool _held = true;
    private volatile VideoRate? _rate;
    private int _oneOf = 1; // Of so many pictures one is shown: congestion.
    private long _framesSent;
    private long _framesLate;
    private long _framesDropped;
    private long _firstPicture;

    /// <summary>Makes a stream that waits for its session and its setup.</summary>
    /// <param name="clock">Of the media.</param>
    /// <param name="keyFrames">Which pictures are key frames.</param>
    /// <param name="owner">Told of faults.</param>
    /// <param name="longestLead">A picture can be drawn so long before its instant at most.</param>
    public VideoStream(RtcpClock clock, KeyFramePolicy keyFrames, IStreamOwner owner, TimeSpan longestLead = default)
    {
        _lead = new PictureLead(longestLead, clock.TimestampFrequency);
        _clock = clock;
        _keyFrames = keyFrames;
        _owner = owner;
        Times = new VideoTimes(clock.TimestampFrequency);
    }

    /// <summary>The codec in use; null before the first picture.</summary>
    public VideoSetup? Active => _active;

    /// <summary>Where the time goes. Any thread.</summary>
    public VideoTimes Times { get; }

    /// <summary>Counters. Any thread.</summary>
    public VideoFigures Figures
    {
        get
        {
            long first = Volatile.Read(ref _firstPicture);
            return new VideoFigures(
                Volatile.Read(ref _framesSent), Volatile.Read(ref _framesLate), Volatile.Read(ref _framesDropped), first == 0 ? null : first);
        }
    }

    /// <summary>Joins the stream and its session; once, before the stream runs.</summary>
    public void Bind(RtpSession session) => _session = session;

    /// <summary>Takes a codec from the next picture on; the one before it is disposed then. Any thread.</summary>
    public void Use(VideoSetup setup) => Interlocked.Exchange(ref _next, setup)?.Dispose();

    /// <summary>The next picture shall be a key frame. Any thread.</summary>
    public void RequestKeyFrame() => _keyFrames.Request();

    /// <summary>A copy of the next picture that is shown. Any thread.</summary>
    /// <returns>Null when there is no picture to come, or its size has just changed.</returns>
    public async Task<I420Frame?> SnapshotAsync(CancellationToken cancellationToken)
    {
        if (_active is not { } setup)
            return null;
        var wanted = new Snapshot(setup.Format.Width, setup.Format.Height);
        return await (Interlocked.CompareExchange(ref _snapshot, wanted, null) ?? wanted).Picture.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public long Run(long now)
    {
        if (_session is not { } session)
            return long.MaxValue;
        if (_unitLength > 0)
            SendBurst(session, _burst);
        if (_next is not null && Interlocked.Exchange(ref _next, null) is { } next)
        {
            SendBurst(session, int.MaxValue); // The rest belongs to the packetizer that is about to go.
            Switch(next, now);
        }

        session.OnTick(now);
        if (_active is not { } setup)
            return now + (_clock.TimestampFrequency * WaitMs / 1000);

        long due = DueOf(_index, setup.FramesPerSecond);
        long begin = due - _lead.Ticks;
        if (now >= begin)
        {
            due = SkipWhatIsLate(setup, due, now);
            Show(setup, session, due, now);
            _index++;
            begin = DueOf(_index, setup.FramesPerSecond) - _lead.Ticks;
        }

        return _unitLength > 0 ? Math.Min(begin, now + (_clock.TimestampFrequency * PacketPacing.StepMs / 1000)) : begin;
    }

    /// <inheritdoc/>
    public void OnFault(Exception exception) => _owner.OnStreamFault(isVideo: true, exception);

    /// <summary>Disposes encoder and pictures; only when the stream has left its worker.</summary>
    public void Close()
    {
        Interlocked.Exchange(ref _next, null)?.Dispose();
        Interlocked.Exchange(ref _active, null)?.Dispose();
    }

    /// <inheritdoc/>
    public void OnRtp(in RtpPacketView packet, long arrivalTimestamp)
    {
    }

    /// <inheritdoc/>
    public void OnFeedback(in FeedbackMessage feedback)
    {
        if (feedback.AsksForKeyFrame)
            _keyFrames.Request();
        else if (feedback.LimitsBitRate)
            _rate?.OnCeiling(feedback.BitRateBps);
    }

    /// <inheritdoc/>
    public void OnReceptionReport(in ReportBlock block, long arrivalTimestamp) => _rate?.OnReport(block.FractionLost / 256.0, arrivalTimestamp);

    /// <inheritdoc/>
    public void OnSenderReport(uint ssrc, in SenderInfo info, long arrivalTimestamp)
    {
    }

    /// <inheritdoc/>
    public void OnBye(uint ssrc)
    {
    }

    private long DueOf(long index, int framesPerSecond) => _start + (index * _clock.TimestampFrequency / framesPerSecond);

    private void Switch(VideoSetup next, long now)
    {
        _active?.Dispose();
        if (_started && _active is { } before && before.FramesPerSecond != next.FramesPerSecond)
        {
            // The time line goes on; pictures are counted anew in the new rate.
            _index = (long)Math.Ceiling(_index * (double)next.FramesPerSecond / before.FramesPerSecond);
        }
        else if (!_started)
        {
            _started = true;
            _start = now;
        }

        _active = next;
        _rate = new VideoRate(next.Format.BitrateBps, _clock.TimestampFrequency);
        _oneOf = 1;
        _pts = 0;
        _held = true; // The line may have been gone for minutes: nothing that was not shown meanwhile is late.
        _keyFrames.Restart();
    }

    /// <summary>Leaves out the pictures that are a whole frame time late; the one to show now is returned.</summary>
    private long SkipWhatIsLate(VideoSetup setup, long due, long now)
    {
        long frameTime = _clock.TimestampFrequency / setup.FramesPerSecond;
        if (now - due <= frameTime)
            return due;
        if (!_held)
            Volatile.Write(ref _framesLate, _framesLate + 1);
        long missed = (now - due) / frameTime;
        _index += missed;
        if (!_held)
            Volatile.Write(ref _framesDropped, _framesDropped + missed);
        return DueOf(_index, setup.FramesPerSecond);
    }

    private void Show(VideoSetup setup, RtpSession session, long due, long now)
    {
        if (!session.MaySend)
        {
            _held = true;
            return;
        }

        if (_held)
        {
            _held = false;
            _keyFrames.Restart();
        }

        if (_unitLength > 0)
            SendBurst(session, int.MaxValue);
        if (_rate is { } rate && rate.TryTake(now, out VideoStep step))
        {
            if (setup.Resize(step.IsSmall))
                _pts = 0;
            setup.Encoder.SetBitRate(step.BitRate);
            _oneOf = step.OneOf;
        }

        if (_index % _oneOf != 0)
            return;
        double seconds = _index / (double)setup.FramesPerSecond;
        long begun = _clock.Now;
        I420View drawn = setup.PictureAt(seconds, due);
        if (_snapshot is not null && Interlocked.Exchange(ref _snapshot, null) is { } wanted)
            wanted.Take(drawn);
        long encoding = _clock.Now;
        EncodedVideo picture = setup.Encoder.Encode(drawn, _pts++, _keyFrames.Next(now));
        Times.OnPicture(begun - (due - _lead.Ticks), encoding - begun, _clock.Now - encoding);
        if (picture.AccessUnit.IsEmpty)
            return;
        Keep(picture.AccessUnit, picture.IsKeyFrame ? setup.Mark : null);
        PacketizeError error = setup.Packetizer.Begin(_unit.AsSpan(0, _unitLength));
        if (error != PacketizeError.None)
            throw new InvalidOperationException($"The encoder's picture cannot be sent: {error}.");
        _unitTimestamp = (uint)_clock.ToRtpTicks(_start, due, 90_000);
        _unitDue = due;
        _unitIsKeyFrame = picture.IsKeyFrame;
        session.SetMediaTime(_unitTimestamp, due);
        int packets = (_unitLength / session.PayloadBuffer.Length) + 1;
        _burst = PacketPacing.BurstFor(packets, 1000.0 / setup.FramesPerSecond);
        if (_firstPicture == 0 && picture.IsKeyFrame)
            Volatile.Write(ref _firstPicture, _clock.Now);
        SendBurst(session, _burst);
        Volatile.Write(ref _framesSent, _framesSent + 1);
    }

    private void Keep(ReadOnlySpan<byte> accessUnit, SeiMark? mark)
    {
        int length = accessUnit.Length + (mark?.Bytes ?? 0);
        if (_unit.Length < length)
            _unit = new byte[length * 2]; // Only until the largest key frame has been seen.
        if (mark is null)
            accessUnit.CopyTo(_unit);
        else
            mark.Insert(accessUnit, _unit);
        _unitLength = length;
    }

    private void SendBurst(RtpSession session, int packets)
    {
        long begun = _clock.Now;
        SendPackets(session, packets);
        Times.OnSent(_clock.Now - begun);
    }

    private void SendPackets(RtpSession session, int packets)
    {
        VideoSetup? setup = _active;
        ReadOnlySpan<byte> unit = _unit.AsSpan(0, _unitLength);
        for (int i = 0; i < packets && _unitLength > 0 && setup is not null; i++)
        {
            if (!setup.Packetizer.TryGetNext(unit, session.PayloadBuffer, out int length, out bool last))
            {
                _unitLength = 0;
                return;
            }

            session.SendPayloadBuffer(length, _unitTimestamp, last, setup.PayloadType, _unitIsKeyFrame);
            if (last)
            {
                _unitLength = 0;
                long late = _clock.Now - _unitDue;
                Times.OnComplete(late);
                _lead.OnComplete(late);
                return;
            }
        }
    }
}
