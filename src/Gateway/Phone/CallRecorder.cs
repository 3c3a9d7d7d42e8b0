using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Video;

namespace Avatar2D.Gateway.Phone;

/// <summary>
/// Writes what the test phone heard and saw into one MP4, each at its place on the sender's wall clock. What comes before both
/// streams' first sender reports waits in memory; when one never gets a report, both are placed by their times of arrival,
/// because two clocks would lay them apart by the difference of the clocks. Any thread.
/// </summary>
internal sealed class CallRecorder : IDisposable
{
    /// <summary>So many pieces wait for a picture to join: five minutes of sound, 5 MB.</summary>
    private const int MaxWaiting = 15_000;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly int _audioRateHz;
    private readonly bool _mayHaveVideo;
    private readonly Queue<Piece> _waiting = new();
    private readonly StreamTimeline _audio;
    private readonly StreamTimeline _video;
    private Mp4Recorder? _file;
    private VideoCodec? _codec;
    private bool _started;
    private bool _bySender;
    private bool _hasVideo;
    private DateTimeOffset _zero;

    /// <summary>Prepares the recording; the file is made when the first piece is placed.</summary>
    /// <param name="path">MP4 file; an existing one is replaced.</param>
    /// <param name="audioRateHz">PCM rate.</param>
    /// <param name="mayHaveVideo">False: no picture will ever come, so that nothing waits for it.</param>
    /// <param name="audio">Places audio RTP timestamps.</param>
    /// <param name="video">Places video RTP timestamps.</param>
    public CallRecorder(string path, int audioRateHz, bool mayHaveVideo, StreamTimeline audio, StreamTimeline video)
    {
        _path = path;
        _audioRateHz = audioRateHz;
        _mayHaveVideo = mayHaveVideo;
        _audio = audio;
        _video = video;
    }

    /// <summary>Why the recording stopped early; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>The picture will come in this codec; before the first picture.</summary>
    public void ExpectVideo(VideoCodec codec)
    {
        lock (_lock)
            _codec ??= codec;
    }

    /// <summary>Takes sound.</summary>
    public void AddAudio(uint rtpTimestamp, ReadOnlyMemory<short> pcm, DateTimeOffset arrival)
    {
        lock (_lock)
            AddNeedsLock(new Piece(rtpTimestamp, arrival, pcm, default, IsKeyFrame: false));
    }

    /// <summary>Takes a picture.</summary>
    public void AddPicture(uint rtpTimestamp, ReadOnlyMemory<byte> accessUnit, bool isKeyFrame, DateTimeOffset arrival)
    {
        lock (_lock)
            AddNeedsLock(new Piece(rtpTimestamp, arrival, default, accessUnit, isKeyFrame));
    }

    /// <summary>Writes what still waits and ends the file.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            DrainNeedsLock(force: true);
            try
            {
                _file?.Complete();
            }
            catch (CodecException exception)
            {
                Failure ??= exception.Message;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void AddNeedsLock(Piece piece)
    {
        _waiting.Enqueue(piece);
        DrainNeedsLock(force: _waiting.Count > MaxWaiting);
    }

    private void DrainNeedsLock(bool force)
    {
        // A picture may still join, and the file's header needs its codec: until then the sound waits.
        bool ready = _started || (_audio.IsKnown && (!_mayHaveVideo || (_codec is not null && _video.IsKnown)));
        if (!force && !ready)
            return;
        while (Failure is null && _waiting.TryDequeue(out Piece? piece))
        {
            try
            {
                WriteNeedsLock(piece);
            }
            catch (CodecException exception)
            {
                Failure = exception.Message;
            }
        }
    }

    private void WriteNeedsLock(Piece piece)
    {
        if (!_started)
        {
            _started = true;
            _hasVideo = _codec is not null;
            _bySender = _audio.IsKnown && (!_hasVideo || _video.IsKnown);
            _zero = WallOf(piece);
            _file = new Mp4Recorder(_path, new Mp4RecorderSettings { Video = _codec, AudioSampleRateHz = _audioRateHz });
        }

        DateTimeOffset wall = WallOf(piece);

        long time = (long)Math.Round((wall - _zero).TotalSeconds * 90_000);
        if (time < 0 || _file is null)
            return;
        if (!piece.IsPicture)
            _file.WriteAudio(piece.Pcm.Span, time);
        else if (_hasVideo) // A codec that came after the file's header was written has no track.
            _file.WriteVideo(piece.AccessUnit.Span, time, piece.IsKeyFrame);
    }

    private DateTimeOffset WallOf(Piece piece) =>
        _bySender ? (piece.IsPicture ? _video : _audio).ToWallClock(piece.RtpTimestamp) : piece.Arrival;

    private sealed record Piece(uint RtpTimestamp, DateTimeOffset Arrival, ReadOnlyMemory<short> Pcm, ReadOnlyMemory<byte> AccessUnit, bool IsKeyFrame)
    {
        public bool IsPicture => !AccessUnit.IsEmpty;
    }
}
