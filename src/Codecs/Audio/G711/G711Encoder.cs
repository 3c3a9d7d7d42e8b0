namespace Avatar2D.Codecs.Audio;

/// <summary>G.711 as an <see cref="IAudioEncoder"/>; frames of any length.</summary>
public sealed class G711Encoder(G711Law law) : IAudioEncoder
{
    /// <inheritdoc/>
    public int SampleRateHz => G711.SampleRateHz;

    /// <inheritdoc/>
    public int FrameSamples => 160;

    /// <summary>A frame of 60 ms; longer frames need a byte per sample.</summary>
    public int MaxPayloadBytes => 480;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        G711.Encode(law, pcm, payload);
        return pcm.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
