namespace Avatar2D.Codecs.Audio;

/// <summary>
/// One of the two bands of G.722: ADPCM state with a predictor of two poles and six zeros (ITU-T G.722 §3.6). Names follow the
/// recommendation; numbers are 16-bit fixed point.
/// </summary>
internal sealed class G722Band
{
    private const int Zeros = 6;

    private static ReadOnlySpan<short> LogToLinear =>
    [
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
    ];

    private readonly int[] _differences = new int[Zeros + 1];
    private readonly int[] _zeros = new int[Zeros + 1];
    private readonly int _firstScale;
    private readonly int _largestLog;
    private readonly int _shift;
    private int _pole1, _pole2;
    private int _reconstructed1, _reconstructed2;
    private int _partial1, _partial2;
    private int _zeroPart;
    private int _logScale;

    /// <summary>Starts silent.</summary>
    /// <param name="firstScale">Scale factor at the start: 32 in the lower band, 8 in the upper.</param>
    /// <param name="largestLog">Largest logarithmic scale: 18,432 and 22,528.</param>
    /// <param name="shift">8 and 10.</param>
    public G722Band(int firstScale, int largestLog, int shift)
    {
        _firstScale = firstScale;
        _largestLog = largestLog;
        _shift = shift;
        Scale = firstScale;
    }

    /// <summary>Scale factor of the quantizer.</summary>
    public int Scale { get; private set; }

    /// <summary>What the predictor expects of the next sample.</summary>
    public int Predicted { get; private set; }

    /// <summary>Cuts to 16 bits.</summary>
    public static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    /// <summary>Forgets all.</summary>
    public void Reset()
    {
        Array.Clear(_differences);
        Array.Clear(_zeros);
        (_pole1, _pole2, _reconstructed1, _reconstructed2, _partial1, _partial2, _zeroPart, _logScale) = (0, 0, 0, 0, 0, 0, 0, 0);
        Scale = _firstScale;
        Predicted = 0;
    }

    /// <summary>Adapts the scale by the weight of the code, then the predictor by the quantized difference.</summary>
    public void Update(int weight, int difference)
    {
        _logScale = Math.Clamp(((_logScale * 127) >> 7) + weight, 0, _largestLog);
        int shift = _shift - (_logScale >> 11);
        int linear = LogToLinear[(_logScale >> 6) & 31];
        Scale = (shift < 0 ? linear << -shift : linear >> shift) << 2;
        Predict(difference);
    }

    private void Predict(int difference)
    {
        int reconstructed = Saturate(Predicted + difference);
        int partial = Saturate(_zeroPart + difference);
        int sign = partial >> 15;

        // Poles (UPPOL2, UPPOL1), held inside the triangle of stability.
        int scaled = Saturate(_pole1 << 2);
        scaled = Math.Min(sign == _partial1 >> 15 ? -scaled : scaled, short.MaxValue);
        int pole2 = (sign == _partial2 >> 15 ? 128 : -128) + (scaled >> 7) + ((_pole2 * 32512) >> 15);
        pole2 = Math.Clamp(pole2, -12288, 12288);
        int pole1 = Saturate((sign == _partial1 >> 15 ? 192 : -192) + ((_pole1 * 32640) >> 15));
        int limit = Saturate(15360 - pole2);
        pole1 = Math.Clamp(pole1, -limit, limit);

        // Zeros (UPZERO), then the delay lines.
        int step = difference == 0 ? 0 : 128;
        _differences[0] = difference;
        for (int i = 1; i <= Zeros; i++)
            _zeros[i] = Saturate((_differences[i] >> 15 == difference >> 15 ? step : -step) + ((_zeros[i] * 32640) >> 15));
        for (int i = Zeros; i > 0; i--)
            _differences[i] = _differences[i - 1];
        (_pole1, _pole2) = (pole1, pole2);
        (_reconstructed1, _reconstructed2) = (reconstructed, _reconstructed1);
        (_partial1, _partial2) = (partial, _partial1);

        int poles = Saturate(
            ((_pole1 * Saturate(_reconstructed1 + _reconstructed1)) >> 15) + ((_pole2 * Saturate(_reconstructed2 + _reconstructed2)) >> 15));
        int zeros = 0;
        for (int i = Zeros; i > 0; i--)
            zeros += (_zeros[i] * Saturate(_differences[i] + _differences[i])) >> 15;
        _zeroPart = Saturate(zeros);
        Predicted = Saturate(poles + _zeroPart);
    }
}
