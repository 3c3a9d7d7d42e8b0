using Avatar2D.Codecs.Video;
using Avatar2D.Media;

namespace Avatar2D.Codecs.Files;

/// <summary>Encodes pictures at a steady rate, and sound if wanted, to an MP4 of H.264 or H.265. One thread at a time.</summary>
public sealed class VideoFileWriter : IDisposable
{
    private readonly VideoFileSettings _settings;
    private readonly LibAvVideoEncoder _encoder;
    private readonly Mp4Recorder _recorder;
    private long _samples;

    /// <summary>Creates the file; an existing one is replaced.</summary>
    /// <exception cref="ArgumentException">A size or rate cannot be encoded.</exception>
    /// <exception cref="CodecUnavailableException">libav* or the encoder is not installed.</exception>
    /// <exception cref="CodecException">The file cannot be created.</exception>
    public VideoFileWriter(string path, VideoFileSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        VideoEncoderSettings encoding = new()
        {
            Codec = settings.Codec,
            Width = settings.Width,
            Height = settings.Height,
            FramesPerSecond = settings.FramesPerSecond,
            Preset = settings.Preset,
            KeyFrameInterval = settings.FramesPerSecond * 2, // players seek to these
        };
        _encoder = new LibAvVideoEncoder(encoding, settings.Crf);
        try
        {
            _recorder = new Mp4Recorder(path, new Mp4RecorderSettings { Video = settings.Codec, AudioSampleRateHz = settings.AudioSampleRateHz });
        }
        catch
        {
            _encoder.Dispose();
            throw;
        }
    }

    /// <summary>Pictures written.</summary>
    public int Frames { get; private set; }

    /// <summary>Appends a picture.</summary>
    /// <exception cref="ArgumentException">It has another size.</exception>
    /// <exception cref="CodecException">It cannot be encoded or written.</exception>
    public void WriteFrame(I420View picture)
    {
        EncodedVideo encoded = _encoder.Encode(picture, Frames, forceKeyFrame: Frames == 0);
        _recorder.WriteVideo(encoded.AccessUnit, Frames * 90_000L / _settings.FramesPerSecond, encoded.IsKeyFrame);
        Frames++;
    }

    /// <summary>Appends sound; the first sample is heard with the first picture.</summary>
    /// <exception cref="InvalidOperationException">The settings have no audio rate.</exception>
    /// <exception cref="CodecException">It cannot be written.</exception>
    public void WriteAudio(ReadOnlySpan<short> pcm)
    {
        if (_settings.AudioSampleRateHz is not { } rate)
            throw new InvalidOperationException("This film was opened without sound.");
        _recorder.WriteAudio(pcm, _samples * 90_000L / rate);
        _samples += pcm.Length;
    }

    /// <summary>Makes the file readable.</summary>
    /// <exception cref="CodecException">It cannot be written, or is empty.</exception>
    public void Complete() => _recorder.Complete();

    /// <summary>Completes the file as far as possible and lets go of it.</summary>
    public void Dispose()
    {
        _recorder.Dispose();
        _encoder.Dispose();
    }
}
