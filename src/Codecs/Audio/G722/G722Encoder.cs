namespace Avatar2D.Codecs.Audio;

/// <summary>G.722 at 64 kbit/s as an <see cref="IAudioEncoder"/>: frames of any even length.</summary>
public sealed class G722Encoder : IAudioEncoder
{
    private readonly G722Band _low = G722.LowBand();
    private readonly G722Band _high = G722.HighBand();
    private readonly int[] _line = new int[G722.Taps];

    /// <inheritdoc/>
    public int SampleRateHz => G722.SampleRateHz;

    /// <inheritdoc/>
    public int FrameSamples => 320;

    /// <summary>60 ms.</summary>
    public int MaxPayloadBytes => 480;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        if ((pcm.Length & 1) != 0 || payload.Length < pcm.Length / 2)
            throw new ArgumentException("G.722 takes an even number of samples and makes a byte of two.", nameof(pcm));
        for (int i = 0; i < pcm.Length / 2; i++)
            payload[i] = Encode(pcm[2 * i], pcm[(2 * i) + 1]);
        return pcm.Length / 2;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private byte Encode(short first, short second)
    {
        Array.Copy(_line, 2, _line, 0, G722.Taps - 2);
        _line[^2] = first;
        _line[^1] = second;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < G722.Taps / 2; i++)
        {
            odd += _line[2 * i] * G722.Filter[i];
            even += _line[(2 * i) + 1] * G722.Filter[(G722.Taps / 2) - 1 - i];
        }

        int lowCode = QuantizeLow(G722Band.Saturate(((even + odd) >> 14) - _low.Predicted));
        _low.Update(G722.LowWeights[lowCode >> 2], (_low.Scale * G722.Inverse4[lowCode >> 2]) >> 15);
        int highCode = QuantizeHigh(G722Band.Saturate(((even - odd) >> 14) - _high.Predicted));
        _high.Update(G722.HighWeights[highCode], (_high.Scale * G722.Inverse2[highCode]) >> 15);
        return (byte)((highCode << 6) | lowCode);
    }

    /// <summary>The first level that the error stays under; codes count down from 61 (positive) and, in their own order, from 63 (negative).</summary>
    private int QuantizeLow(int error)
    {
        int magnitude = error >= 0 ? error : -(error + 1);
        int level = 1;
        while (level < G722.Levels.Length && magnitude >= (G722.Levels[level] * _low.Scale) >> 12)
            level++;
        if (error >= 0)
            return 62 - level;
        return level <= 2 ? 64 - level : 34 - level;
    }

    private int QuantizeHigh(int error)
    {
        int magnitude = error >= 0 ? error : -(error + 1);
        bool isLarge = magnitude >= (564 * _high.Scale) >> 12;
        return error < 0 ? (isLarge ? 0 : 1) : (isLarge ? 2 : 3);
    }
}
