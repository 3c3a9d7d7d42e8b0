namespace Avatar2D.Gateway.Calls.Media;

/// <summary>Sends back what was received in the same packet time: the caller hears himself.</summary>
internal sealed class EchoEndpoint : IAudioEndpoint
{
    /// <summary>Room for 120 ms at 48 kHz, the longest packet that any codec of ours has.</summary>
    private readonly short[] _last = new short[5760];
    private int _length;

    /// <inheritdoc/>
    public void OnReceived(ReadOnlySpan<short> pcm)
    {
        _length = Math.Min(pcm.Length, _last.Length);
        pcm[.._length].CopyTo(_last);
    }

    /// <inheritdoc/>
    public void Fill(Span<short> pcm)
    {
        int taken = Math.Min(_length, pcm.Length);
        _last.AsSpan(0, taken).CopyTo(pcm);
        pcm[taken..].Clear();
        _length = 0;
    }
}
