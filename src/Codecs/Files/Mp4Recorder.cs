using Avatar2D.Codecs.LibAv;
using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs.Files;

/// <summary>
/// Records a call to MP4: access units as they are (nothing is encoded again) and PCM as AAC, both on one 90 kHz timeline whose
/// offset is kept exactly. The file begins at the earlier of the first picture and the first sound. It is readable only after
/// <see cref="Complete"/> or Dispose. One thread at a time.
/// </summary>
/// <remarks>
/// Pictures count from the first IDR, whose parameter sets the header needs; AAC packets that come before it wait in memory
/// (about 8 kB/s), as in a call that gets its video minutes after its sound.
/// </remarks>
public sealed class Mp4Recorder : IDisposable
{
    private const int TicksPerSecond = 90_000;

    /// <summary>A longer hole in the sound is taken for a wrong time.</summary>
    private const int MaxGapSeconds = 3600;

    private static readonly short[] Silence = new short[1024];

    private readonly Mp4RecorderSettings _settings;
    private readonly Mp4Writer _writer;
    private readonly AacEncoder? _aac;
    private readonly List<(byte[] Bytes, long Pts, long Duration)> _waiting = [];
    private LibAvVideoDecoder? _probe;
    private long? _audioStart;
    private long? _videoStart;
    private long _base;
    private long _lastVideo = long.MinValue;
    private long _videoStep = TicksPerSecond / 25;
    private byte[] _heldPicture = [];
    private int _heldBytes;
    private bool _heldIsKey;
    private bool _started;
    private bool _completed;

    /// <summary>Creates the file; an existing one is replaced.</summary>
    /// <exception cref="ArgumentException">The settings ask for neither pictures nor sound.</exception>
    /// <exception cref="CodecUnavailableException">libav* is not installed.</exception>
    /// <exception cref="CodecException">The file cannot be created, or AAC cannot be encoded at that rate.</exception>
    public Mp4Recorder(string path, Mp4RecorderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Video is null && settings.AudioSampleRateHz is null)
            throw new ArgumentException("A recording needs pictures, sound or both.", nameof(settings));
        LibAvRuntime.Require();
        _settings = settings;
        _writer = new Mp4Writer(path);
        try
        {
            if (settings.AudioSampleRateHz is { } rate)
                _aac = new AacEncoder(rate, settings.AudioBitRate);
            if (settings.Video is { } codec)
                _probe = new LibAvVideoDecoder(codec);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Pictures in the file so far.</summary>
    public int VideoFrames { get; private set; }

    /// <summary>Pictures left out: before the first IDR, or not later than the one before.</summary>
    public int DroppedVideoFrames { get; private set; }

    /// <summary>Records one access unit.</summary>
    /// <param name="accessUnit">NAL units with start codes; an IDR with its parameter sets.</param>
    /// <param name="time90k">When it is shown, in 1/90000 s on the timeline that sound shares.</param>
    /// <param name="isKeyFrame">True for an IDR.</param>
    /// <exception cref="InvalidOperationException">The recording has no pictures, or is complete.</exception>
    /// <exception cref="CodecException">The file cannot be written.</exception>
    public void WriteVideo(ReadOnlySpan<byte> accessUnit, long time90k, bool isKeyFrame)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        if (_settings.Video is not { } codec)
            throw new InvalidOperationException("This recording was opened without pictures.");
        if (_videoStart is null)
        {
            if (!isKeyFrame || !_probe!.TryDecode(accessUnit, 0, out DecodedVideo first))
            {
                DroppedVideoFrames++;
                return;
            }

            _videoStart = time90k;
            _writer.AddVideo(codec, first.Picture.Width, first.Picture.Height, accessUnit);
            _probe.Dispose();
            _probe = null;
            Start();
        }

        if (time90k - _base < 0 || (_lastVideo != long.MinValue && time90k <= _lastVideo))
        {
            DroppedVideoFrames++;
            return;
        }

        // A picture's length is known when the next one comes.
        FlushPicture(time90k);
        if (_heldPicture.Length < accessUnit.Length)
            _heldPicture = new byte[accessUnit.Length * 2];
        accessUnit.CopyTo(_heldPicture);
        _heldBytes = accessUnit.Length;
        _heldIsKey = isKeyFrame;
        _lastVideo = time90k;
        VideoFrames++;
    }

    /// <summary>Records sound. Holes are filled with silence; what lies before the end of the sound so far is left out.</summary>
    /// <param name="pcm">PCM16 at the rate in the settings.</param>
    /// <param name="time90k">When its first sample is heard, in 1/90000 s on the timeline that pictures share.</param>
    /// <exception cref="InvalidOperationException">The recording has no sound.</exception>
    /// <exception cref="CodecException">The file cannot be written, or the time is more than an hour ahead.</exception>
    public void WriteAudio(ReadOnlySpan<short> pcm, long time90k)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        if (_aac is null)
            throw new InvalidOperationException("This recording was opened without sound.");
        _audioStart ??= time90k;
        long wanted = ToSamples(time90k - _audioStart.Value);
        long gap = wanted - _aac.Position;
        if (gap > (long)MaxGapSeconds * _aac.SampleRateHz)
            throw new CodecException($"The sound jumps ahead by {gap / _aac.SampleRateHz} s.");
        // A tick of 1/90000 s is less than a sample; one sample is rounding.
        if (gap < -1)
            pcm = pcm[(int)Math.Min(pcm.Length, -gap)..];
        for (; gap > 1; gap -= Silence.Length)
            _aac.Write(Silence.AsSpan(0, (int)Math.Min(gap, Silence.Length)), TakeAudio);
        _aac.Write(pcm, TakeAudio);
    }

    /// <summary>Ends the tracks and makes the file readable.</summary>
    /// <exception cref="CodecException">The file cannot be written, or nothing was recorded.</exception>
    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        if (_audioStart is not null)
            _aac!.Finish(TakeAudio);
        if (!_started && _audioStart is not null)
            Start();
        if (!_started)
            throw new CodecException("Nothing was recorded: neither sound nor a picture that starts a stream came.");
        FlushPicture(_lastVideo + _videoStep);
        _writer.Finish();
    }

    /// <summary>Completes the file as far as possible and lets go of it.</summary>
    public void Dispose()
    {
        try
        {
            if (!_completed && (_started || _audioStart is not null))
                Complete();
        }
        catch (CodecException)
        {
            // A full disk was reported by the write that met it; what is there stays.
        }
        finally
        {
            _completed = true;
            _writer.Dispose();
            _aac?.Dispose();
            _probe?.Dispose();
        }
    }

    private void Start()
    {
        _base = Math.Min(_audioStart ?? long.MaxValue, _videoStart ?? long.MaxValue);
        if (_aac is not null)
            _writer.AddAudio(_aac.Parameters, _aac.SampleRateHz);
        _writer.Start();
        _started = true;
        foreach ((byte[] bytes, long pts, long duration) in _waiting)
            _writer.WriteAudio(bytes, pts + AudioOffset, duration);
        _waiting.Clear();
    }

    /// <summary>Where the sound starts in the file, in samples.</summary>
    private long AudioOffset => ToSamples(_audioStart!.Value - _base);

    private long ToSamples(long ticks) => (long)Math.Round((decimal)ticks * _aac!.SampleRateHz / TicksPerSecond);

    private void TakeAudio(AvPacketHandle packet)
    {
        if (_started)
            _writer.WriteAudio(packet.Bytes, packet.Pts + AudioOffset, packet.Duration);
        else
            _waiting.Add((packet.Bytes.ToArray(), packet.Pts, packet.Duration));
    }

    private void FlushPicture(long nextTime)
    {
        if (_heldBytes == 0)
            return;
        _videoStep = nextTime - _lastVideo;
        _writer.WriteVideo(_heldPicture.AsSpan(0, _heldBytes), _lastVideo - _base, _videoStep, _heldIsKey);
        _heldBytes = 0;
    }
}
