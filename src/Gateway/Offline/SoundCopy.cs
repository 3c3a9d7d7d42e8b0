namespace Avatar2D.Gateway.Offline;

/// <summary>Brings the sound of a driving video into the film, as far as the pictures have come and 20 ms further. One thread.</summary>
/// <param name="track">Read from its beginning; stays the caller's.</param>
/// <param name="sink">Gets it, once and in order.</param>
internal sealed class SoundCopy(SoundTrack track, SoundSink sink)
{
    private long _samples;
    private bool _ended;

    /// <summary>Copies what belongs before an instant.</summary>
    /// <exception cref="Codecs.CodecException">The sound cannot be read on.</exception>
    public void UpTo(TimeSpan time)
    {
        while (!_ended && (double)_samples / track.SampleRateHz < time.TotalSeconds)
        {
            ReadOnlySpan<short> next = track.Next();
            _ended = next.IsEmpty;
            _samples += next.Length;
            if (!_ended)
                sink(next);
        }
    }
}
