namespace Avatar2D.Codecs.Audio;

/// <summary>G.711 as an <see cref="IAudioDecoder"/>, with loss concealment.</summary>
public sealed class G711Decoder(G711Law law) : IAudioDecoder
{
    private readonly PitchConcealer _concealer = new(G711.SampleRateHz);

    /// <inheritdoc/>
    public int SampleRateHz => G711.SampleRateHz;

    /// <summary>120 ms: more than any peer puts into one packet.</summary>
    public int MaxFrameSamples => 960;

    /// <inheritdoc/>
    public bool HasForwardErrorCorrection => false;

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> payload, Span<short> pcm, out int samples)
    {
        samples = 0;
        if (payload.IsEmpty || payload.Length > pcm.Length)
            return false;
        samples = payload.Length;
        G711.Decode(law, payload, pcm);
        _concealer.Good(pcm[..samples]);
        return true;
    }

    /// <inheritdoc/>
    public void Conceal(Span<short> pcm) => _concealer.Conceal(pcm);

    /// <inheritdoc/>
    public bool TryRecover(ReadOnlySpan<byte> nextPayload, Span<short> pcm)
    {
        _concealer.Conceal(pcm);
        return false;
    }

    /// <inheritdoc/>
    public void Reset() => _concealer.Reset();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
