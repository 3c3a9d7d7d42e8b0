using System.Numerics;
using System.Runtime.InteropServices;

namespace Avatar2D.Media;

/// <summary>
/// Streaming sample-rate converter for mono PCM16: a polyphase Kaiser-windowed low-pass, state kept from call to call, so that
/// the output does not depend on how the input is cut into blocks. One instance serves one stream on one thread at a time.
/// </summary>
/// <remarks>
/// Pass band to 0.43 of the lower rate (3.4 kHz at 8 kHz), stop band from 0.5 of it at about -70 dB. The output is late by
/// <see cref="Delay"/>: 32 samples of the lower rate (4 ms at 8 kHz, 2 ms at 16 kHz). Equal rates copy without delay.
/// </remarks>
public sealed class PcmResampler
{
    /// <summary>Filter length in samples of the lower rate.</summary>
    private const int LobeTaps = 64;

    /// <summary>Kaiser shape for 70 dB: 0.1102 x (70 - 8.7).</summary>
    private const double KaiserBeta = 6.755;

    /// <summary>Middle of the transition band in cycles per sample of the lower rate: between 0.43 and 0.5.</summary>
    private const double Cutoff = 0.466;

    /// <summary>Samples moved into the delay line at a time.</summary>
    private const int BlockSamples = 512;

    private readonly int _up;
    private readonly int _down;
    private readonly int _taps;
    private readonly float[] _phases;
    private readonly float[] _line;
    private int _filled;
    private int _next;
    private int _phase;

    /// <summary>Builds the filter for a pair of rates (tens of microseconds to a few milliseconds; do it per stream, not per packet).</summary>
    /// <param name="inputHz">Rate of the input, 8000 to 192000.</param>
    /// <param name="outputHz">Rate of the output, 8000 to 192000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range, or the rates share no divisor that keeps the filter small.</exception>
    public PcmResampler(int inputHz, int outputHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputHz, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputHz, 192_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputHz, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputHz, 192_000);
        int divisor = (int)BigInteger.GreatestCommonDivisor(inputHz, outputHz);
        _up = outputHz / divisor;
        _down = inputHz / divisor;
        if (_up > 1280)
            throw new ArgumentOutOfRangeException(nameof(outputHz), $"The rates {inputHz} and {outputHz} Hz are no usual pair.");
        InputHz = inputHz;
        OutputHz = outputHz;
        if (inputHz == outputHz)
        {
            _phases = [];
            _line = [];
            return;
        }

        // Taps count input samples; a multiple of 8 keeps vectors whole, and an even half makes the delay a whole input sample.
        double stretch = Math.Max(1.0, (double)inputHz / outputHz);
        _taps = ((int)Math.Ceiling(LobeTaps * stretch) + 15) & ~15;
        _phases = BuildPhases(_up, _taps, Cutoff / stretch);
        _line = new float[_taps - 1 + BlockSamples];
        Reset();
    }

    /// <summary>Rate of the input in Hz.</summary>
    public int InputHz { get; }

    /// <summary>Rate of the output in Hz.</summary>
    public int OutputHz { get; }

    /// <summary>How much later a sound stands in the output than in the input.</summary>
    public TimeSpan Delay => TimeSpan.FromSeconds(DelayInputSamples / (double)InputHz);

    /// <summary>The delay in samples of the input rate; a whole number.</summary>
    public int DelayInputSamples => _taps / 2;

    /// <summary>The most samples that a call with so many input samples can give.</summary>
    public int MaxOutputSamples(int inputSamples) => (int)((((long)inputSamples * OutputHz) + InputHz - 1) / InputHz) + 1;

    /// <summary>Forgets the stream: the next sample follows silence.</summary>
    public void Reset()
    {
        Array.Clear(_line);
        _filled = Math.Max(0, _taps - 1);
        _next = _filled;
        _phase = 0;
    }

    /// <summary>Converts all of the input. After T input samples in all, ceil(T x outputHz / inputHz) samples have come out.</summary>
    /// <param name="input">PCM at <see cref="InputHz"/>, any length.</param>
    /// <param name="output">At least <see cref="MaxOutputSamples"/> of the input's length.</param>
    /// <returns>Samples written.</returns>
    /// <exception cref="ArgumentException">The output is too short; the state is unchanged.</exception>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (output.Length < PendingOutput(input.Length))
            throw new ArgumentException($"{input.Length} samples need room for {PendingOutput(input.Length)}, not {output.Length}.", nameof(output));
        if (_taps == 0)
        {
            input.CopyTo(output);
            return input.Length;
        }

        int written = 0;
        while (!input.IsEmpty)
        {
            int take = Math.Min(input.Length, BlockSamples);
            Span<float> fresh = _line.AsSpan(_filled, take);
            for (int i = 0; i < take; i++)
                fresh[i] = input[i];
            input = input[take..];
            _filled += take;
            written += Drain(output[written..]);
        }

        return written;
    }

    private int PendingOutput(int inputSamples)
    {
        if (_taps == 0)
            return inputSamples;
        // Outputs n >= 0 whose newest input sample, _next + floor((_phase + n x down) / up), is among the samples there.
        long room = ((long)(_filled + inputSamples - _next) * _up) - _phase;
        return room <= 0 ? 0 : (int)((room + _down - 1) / _down);
    }

    private int Drain(Span<short> output)
    {
        int written = 0;
        while (_next < _filled)
        {
            float sum = Dot(_line.AsSpan(_next - _taps + 1, _taps), _phases.AsSpan(_phase * _taps, _taps));
            output[written++] = (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
            _phase += _down;
            _next += _phase / _up;
            _phase %= _up;
        }

        // Keep what later outputs still look back on.
        int keepFrom = Math.Min(_next - _taps + 1, _filled);
        _line.AsSpan(keepFrom, _filled - keepFrom).CopyTo(_line);
        _filled -= keepFrom;
        _next -= keepFrom;
        return written;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a);
        ReadOnlySpan<Vector<float>> right = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < left.Length && i < right.Length; i++)
            sum += left[i] * right[i];
        return Vector.Sum(sum);
    }

    /// <summary>Phase p holds the taps for a point p / up past an input sample, oldest input first; each phase has unit gain at 0 Hz.</summary>
    private static float[] BuildPhases(int up, int taps, double cutoffPerInputSample)
    {
        float[] phases = new float[up * taps];
        double half = taps / 2.0;
        double windowScale = 1 / BesselI0(KaiserBeta);
        double[] row = new double[taps];
        for (int phase = 0; phase < up; phase++)
        {
            double sum = 0;
            for (int tap = 0; tap < taps; tap++)
            {
                // Age of the input sample relative to the output point, less the delay of half the filter.
                double age = taps - 1 - tap + ((double)phase / up) - half;
                double inside = 1 - (age / half * (age / half));
                double window = inside <= 0 ? 0 : BesselI0(KaiserBeta * Math.Sqrt(inside)) * windowScale;
                double x = 2 * Math.PI * cutoffPerInputSample * age;
                row[tap] = window * (Math.Abs(x) < 1e-9 ? 1 : Math.Sin(x) / x);
                sum += row[tap];
            }

            for (int tap = 0; tap < taps; tap++)
                phases[(phase * taps) + tap] = (float)(row[tap] / sum);
        }

        return phases;
    }

    private static double BesselI0(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
