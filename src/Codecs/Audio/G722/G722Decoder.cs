namespace Avatar2D.Codecs.Audio;

/// <summary>G.722 at 64 kbit/s as an <see cref="IAudioDecoder"/>, with loss concealment.</summary>
public sealed class G722Decoder : IAudioDecoder
{
    private readonly PitchConcealer _concealer = new(G722.SampleRateHz);
    private readonly G722Band _low = G722.LowBand();
    private readonly G722Band _high = G722.HighBand();
    private readonly int[] _line = new int[G722.Taps];

    /// <inheritdoc/>
    public int SampleRateHz => G722.SampleRateHz;

    /// <summary>120 ms: more than any peer puts into one packet.</summary>
    public int MaxFrameSamples => 1920;

    /// <inheritdoc/>
    public bool HasForwardErrorCorrection => false;

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> payload, Span<short> pcm, out int samples)
    {
        samples = 0;
        if (payload.IsEmpty || payload.Length * 2 > pcm.Length)
            return false;
        samples = payload.Length * 2;
        for (int i = 0; i < payload.Length; i++)
            Decode(payload[i], out pcm[2 * i], out pcm[(2 * i) + 1]);
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
    public void Reset()
    {
        _concealer.Reset();
        _low.Reset();
        _high.Reset();
        Array.Clear(_line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Decode(byte code, out short first, out short second)
    {
        int lowCode = code & 0x3F;
        int low = Math.Clamp(_low.Predicted + ((_low.Scale * G722.Inverse6[lowCode]) >> 15), -16384, 16383);
        _low.Update(G722.LowWeights[lowCode >> 2], (_low.Scale * G722.Inverse4[lowCode >> 2]) >> 15);

        int highCode = code >> 6;
        int difference = (_high.Scale * G722.Inverse2[highCode]) >> 15;
        int high = Math.Clamp(_high.Predicted + difference, -16384, 16383);
        _high.Update(G722.HighWeights[highCode], difference);

        Array.Copy(_line, 2, _line, 0, G722.Taps - 2);
        _line[^2] = low + high;
        _line[^1] = low - high;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < G722.Taps / 2; i++)
        {
            odd += _line[2 * i] * G722.Filter[i];
            even += _line[(2 * i) + 1] * G722.Filter[(G722.Taps / 2) - 1 - i];
        }

        first = (short)G722Band.Saturate(even >> 11);
        second = (short)G722Band.Saturate(odd >> 11);
    }
}
