using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Offline;

/// <summary>The sound of a media file at a rate that AAC and the audio driver take, piece by piece. One thread.</summary>
internal sealed class SoundTrack : IDisposable
{
    /// <summary>Rates that MP4 players know; others become the last one.</summary>
    private static readonly int[] UsualHz = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

    private readonly MediaAudioReader _reader;
    private readonly PcmResampler? _resampler;
    private readonly short[] _piece;
    private readonly short[] _made;
    private int _skip;
    private bool _flushed;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CodecException">It has no sound that can be read, or none of a usual rate.</exception>
    public SoundTrack(string path)
    {
        _reader = new MediaAudioReader(path);
        int rate = _reader.SampleRateHz;
        try
        {
            if (!UsualHz.Contains(rate))
                _resampler = new PcmResampler(rate, UsualHz[^1]);
        }
        catch (ArgumentOutOfRangeException unusual)
        {
            _reader.Dispose();
            throw new CodecException($"{path} has {rate} samples/s, which cannot be converted.", unusual);
        }

        SampleRateHz = _resampler is null ? rate : UsualHz[^1];
        _piece = new short[rate / 50];
        _made = new short[_resampler?.MaxOutputSamples(_piece.Length) ?? _piece.Length];
        _skip = _resampler is null ? 0 : (int)Math.Round(_resampler.Delay.TotalSeconds * SampleRateHz);
    }

    /// <summary>Samples a second.</summary>
    public int SampleRateHz { get; }

    /// <summary>Length as the file states it; null when it does not.</summary>
    public TimeSpan? Length => _reader.Length;

    /// <summary>The next 20 ms, mono, without the converter's delay; empty at the end. Valid until the next call.</summary>
    /// <exception cref="CodecException">The file cannot be read on.</exception>
    public ReadOnlySpan<short> Next()
    {
        int read = _reader.Read(_piece);
        if (_resampler is null)
            return _piece.AsSpan(0, read);
        while (read > 0 || !_flushed)
        {
            if (read == 0)
            {
                // What still stands in the converter comes out before a little silence.
                _flushed = true;
                read = Math.Min(_piece.Length, _resampler.DelayInputSamples);
                _piece.AsSpan(0, read).Clear();
            }

            int made = _resampler.Process(_piece.AsSpan(0, read), _made);
            int skipped = Math.Min(_skip, made);
            _skip -= skipped;
            if (made > skipped)
                return _made.AsSpan(skipped, made - skipped);
            read = _reader.Read(_piece);
        }

        return default;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
