using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Inference;

namespace Avatar2D.Gateway.Offline;

/// <summary>Takes sound that was read; mono PCM16.</summary>
internal delegate void SoundSink(ReadOnlySpan<short> pcm);

/// <summary>A film driven by sound: the audio encoder, as in a call but without haste.</summary>
internal sealed class SoundMotion : IMotionSource
{
    private readonly SoundTrack _track;
    private readonly SoundSink _sink;
    private readonly AudioDriver _driver;
    private readonly short[] _silence;
    private long _samples;
    private bool _ended;

    /// <summary>Prepares to drive.</summary>
    /// <param name="track">Read on as pictures need it; stays the caller's.</param>
    /// <param name="networks">The face model.</param>
    /// <param name="sink">Gets all sound, once and in order, a little ahead of the pictures.</param>
    public SoundMotion(SoundTrack track, FaceNetworks networks, SoundSink sink)
    {
        _track = track;
        _sink = sink;
        _driver = new AudioDriver(networks, track.SampleRateHz);
        _silence = new short[track.SampleRateHz / 50];
    }

    /// <inheritdoc/>
    public TimeSpan? Length => _ended ? Read : _track.Length;

    private TimeSpan Read => TimeSpan.FromSeconds((double)_samples / _track.SampleRateHz);

    /// <inheritdoc/>
    public bool TryDrive(TimeSpan time, Span<float> z, out float voice)
    {
        voice = 0;
        while (!(_ended && time >= Read))
        {
            if (_driver.TryDrive(time, z))
            {
                voice = _driver.VoiceGain;
                return true;
            }

            ReadOnlySpan<short> next = _ended ? default : _track.Next();
            if (next.IsEmpty)
            {
                _ended = true;
                _driver.Write(_silence); // The last pictures look ahead into it.
                continue;
            }

            _samples += next.Length;
            _driver.Write(next);
            _sink(next);
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _driver.Dispose();
}
