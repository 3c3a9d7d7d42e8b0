namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// Sends a recording, once or in a loop, and silence when it has ended or is empty; what is received goes to nobody.
/// An empty recording is the way to send plain silence.
/// </summary>
/// <param name="recording">Mono PCM16 at the codec's rate; shared, never written.</param>
/// <param name="loop">Start again at the end.</param>
internal class ClipEndpoint(ReadOnlyMemory<short> recording, bool loop) : IAudioEndpoint
{
    private int _position;

    /// <summary>The recording has been sent once to its end.</summary>
    public bool Ended { get; private set; } = recording.IsEmpty;

    /// <inheritdoc/>
    public virtual void OnReceived(ReadOnlySpan<short> pcm)
    {
    }

    /// <inheritdoc/>
    public virtual void Fill(Span<short> pcm)
    {
        ReadOnlySpan<short> all = recording.Span;
        while (!pcm.IsEmpty)
        {
            if (_position == all.Length)
            {
                Ended = true;
                if (!loop || all.IsEmpty)
                {
                    pcm.Clear();
                    return;
                }

                _position = 0;
            }

            int taken = Math.Min(pcm.Length, all.Length - _position);
            all.Slice(_position, taken).CopyTo(pcm);
            pcm = pcm[taken..];
            _position += taken;
        }
    }
}
