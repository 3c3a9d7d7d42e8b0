namespace Avatar2D.Gateway.Calls.Media;

/// <summary>Sends back what was received, after a fixed time: the caller hears himself when the lips that said it are seen.</summary>
internal sealed class EchoEndpoint : IAudioEndpoint
{
    /// <summary>The longest packet that any codec of ours has.</summary>
    private const int LongestPacketMs = 120;

    private readonly short[] _ring;
    private int _read;
    private int _write;

    /// <summary>Begins with silence as long as the delay.</summary>
    /// <param name="sampleRateHz">Of the PCM.</param>
    /// <param name="delay">From received to sent, at least zero.</param>
    public EchoEndpoint(int sampleRateHz, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _write = (int)Math.Round(delay.TotalSeconds * sampleRateHz);
        _ring = new short[_write + (sampleRateHz * LongestPacketMs / 1000)];
    }

    /// <inheritdoc/>
    public void OnReceived(ReadOnlySpan<short> pcm)
    {
        foreach (short sample in pcm)
        {
            _ring[_write] = sample;
            _write = _write + 1 == _ring.Length ? 0 : _write + 1;
        }
    }

    /// <inheritdoc/>
    public void Fill(Span<short> pcm)
    {
        for (int i = 0; i < pcm.Length; i++)
        {
            pcm[i] = _ring[_read];
            _read = _read + 1 == _ring.Length ? 0 : _read + 1;
        }
    }
}
