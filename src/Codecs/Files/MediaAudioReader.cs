using Avatar2D.Codecs.LibAv;

namespace Avatar2D.Codecs.Files;

/// <summary>
/// Reads the sound of a media file piece by piece, mixed to mono PCM16 at the file's own rate, in memory that does not grow with the
/// file. Sample 0 is at time 0 of the pictures: holes and a late start are silence. One thread at a time.
/// </summary>
public sealed class MediaAudioReader : IDisposable
{
    /// <summary>Smaller differences between a frame's time and the sound's end are rounding, not holes.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(40);

    /// <summary>A longer hole is a wrong time.</summary>
    private static readonly TimeSpan MaxGap = TimeSpan.FromHours(1);

    private readonly string _path;
    private readonly MediaStream _stream;
    private short[] _ready = new short[4096];
    private int _start;
    private int _end;
    private long _silence;
    private long _placed;

    /// <summary>Opens a file and decodes its first piece of sound.</summary>
    /// <param name="path">A local file that libavformat knows.</param>
    /// <exception cref="CodecUnavailableException">libav* is not installed.</exception>
    /// <exception cref="CodecException">The file does not exist, has no sound, or none that can be decoded.</exception>
    public MediaAudioReader(string path)
    {
        _path = path;
        LibAvRuntime.Require();
        _stream = MediaStream.Open(path, AvParametersView.TypeAudio) ?? throw new CodecException($"{path} has no sound.");
        try
        {
            if (!_stream.TryRead())
                throw new CodecException($"{path} has no sound.");
            SampleRateHz = _stream.Frame.SampleRate;
            Length = _stream.Input.DurationMicroseconds is { } length ? TimeSpan.FromMicroseconds(length) : null;
            Take(isFirst: true);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Samples a second.</summary>
    public int SampleRateHz { get; }

    /// <summary>Length as the file states it, which may be rounded; null when it does not.</summary>
    public TimeSpan? Length { get; }

    /// <summary>Packets that could not be decoded so far.</summary>
    public int BadPackets => _stream.BadPackets;

    /// <summary>Reads on.</summary>
    /// <param name="pcm">Where to put the samples.</param>
    /// <returns>Samples written: all that were asked for, fewer at the end, 0 after it.</returns>
    /// <exception cref="CodecException">The file cannot be read on, or its sound changes in a way that is not supported.</exception>
    public int Read(Span<short> pcm)
    {
        int written = 0;
        while (written < pcm.Length)
        {
            Span<short> rest = pcm[written..];
            if (_silence > 0)
            {
                int quiet = (int)Math.Min(_silence, rest.Length);
                rest[..quiet].Clear();
                _silence -= quiet;
                written += quiet;
            }
            else if (_start < _end)
            {
                int taken = Math.Min(_end - _start, rest.Length);
                _ready.AsSpan(_start, taken).CopyTo(rest);
                _start += taken;
                written += taken;
            }
            else if (_stream.TryRead())
            {
                Take(isFirst: false);
            }
            else
            {
                break;
            }
        }

        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>Places the frame that was just decoded behind what has been read: silence before it, or a start that is left out.</summary>
    private void Take(bool isFirst)
    {
        AvFrameHandle frame = _stream.Frame;
        if (frame.SampleRate != SampleRateHz || SampleRateHz <= 0 || frame.Channels < 1)
            throw new CodecException($"{_path} changes its sample rate from {SampleRateHz} to {frame.SampleRate} Hz, which is not supported.");
        int skip = 0;
        if (_stream.Time is { } at)
        {
            TimeSpan gap = at - TimeSpan.FromSeconds(_placed / (double)SampleRateHz);
            if (gap > MaxGap)
                throw new CodecException($"{_path} has a hole of {gap} in its sound.");
            long samples = (long)Math.Round(gap.TotalSeconds * SampleRateHz);

            // The start is placed exactly; later small differences are rounding of the container.
            if (gap > Tolerance || (isFirst && samples > 0))
                _silence = samples;
            else if (gap < -Tolerance || (isFirst && samples < 0))
                skip = (int)Math.Min(-samples, frame.Samples);
        }

        _start = 0;
        _end = frame.Samples - skip;
        if (_ready.Length < _end)
            _ready = new short[_end];
        for (int i = 0; i < _end; i++)
            _ready[i] = Mono(frame, i + skip);
        _placed += _silence + _end;
    }

    private short Mono(AvFrameHandle frame, int sample)
    {
        double sum = 0;
        for (int channel = 0; channel < frame.Channels; channel++)
            sum += Sample(frame, sample, channel);
        return (short)Math.Clamp(Math.Round(sum / frame.Channels * 32768.0), short.MinValue, short.MaxValue);
    }

    /// <summary>AVSampleFormat: 0..4 are u8, s16, s32, flt, dbl with channels interleaved, 5..9 the same with a plane per channel.</summary>
    private unsafe double Sample(AvFrameHandle frame, int sample, int channel)
    {
        int format = frame.Format;
        bool planar = format >= 5;
        byte* plane = frame.ExtendedPlanes[planar ? channel : 0];
        int at = planar ? sample : (sample * frame.Channels) + channel;
        return (planar ? format - 5 : format) switch
        {
            0 => (plane[at] - 128) / 128.0,
            1 => ((short*)plane)[at] / 32768.0,
            2 => ((int*)plane)[at] / 2147483648.0,
            3 => float.IsFinite(((float*)plane)[at]) ? ((float*)plane)[at] : 0,
            4 => double.IsFinite(((double*)plane)[at]) ? ((double*)plane)[at] : 0,
            _ => throw new CodecException($"{_path} has samples of a format that is not supported ({format})."),
        };
    }
}
