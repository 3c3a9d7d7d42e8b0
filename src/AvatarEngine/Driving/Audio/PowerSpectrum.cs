using System.Numerics;

namespace Avatar2D.AvatarEngine.Driving.Audio;

/// <summary>
/// |X|^2 of real samples, <see cref="Points"/> points: an even-odd pair of halves goes through one complex transform of half the
/// length (Stockham, radix 2, no bit reversal) and is taken apart again. One instance serves one thread.
/// </summary>
internal sealed class PowerSpectrum
{
    /// <summary>Points of the transform.</summary>
    public const int Points = 1024;

    /// <summary>Bins 0 ... half the sample rate.</summary>
    public const int Bins = (Points / 2) + 1;

    private const int Half = Points / 2;

    private static readonly float[] TurnCos = Table(Half / 2, Half, Math.Cos);
    private static readonly float[] TurnSin = Table(Half / 2, Half, x => -Math.Sin(x));
    private static readonly float[] SplitCos = Table(Bins, Points, Math.Cos);
    private static readonly float[] SplitSin = Table(Bins, Points, x => -Math.Sin(x));

    private float[] _re = new float[Half];
    private float[] _im = new float[Half];
    private float[] _nextRe = new float[Half];
    private float[] _nextIm = new float[Half];

    /// <summary>Computes all bins.</summary>
    /// <param name="samples">An even number, at most <see cref="Points"/>; zeros follow.</param>
    /// <param name="power">At least <see cref="Bins"/>.</param>
    public void Compute(ReadOnlySpan<float> samples, Span<float> power)
    {
        int pairs = samples.Length / 2;
        for (int i = 0; i < pairs; i++)
        {
            _re[i] = samples[2 * i];
            _im[i] = samples[(2 * i) + 1];
        }

        _re.AsSpan(pairs).Clear();
        _im.AsSpan(pairs).Clear();
        int stride = 1;
        for (int length = Half; length > 1; length /= 2)
        {
            Stage(length / 2, stride);
            (_re, _nextRe) = (_nextRe, _re);
            (_im, _nextIm) = (_nextIm, _im);
            stride *= 2;
        }

        TakeApart(power);
    }

    /// <summary>From x[q + s p] and x[q + s (p + m)] their sum to y[q + 2 s p] and their turned difference to y[q + 2 s p + s].</summary>
    private void Stage(int half, int stride)
    {
        int lanes = Vector<float>.Count;
        for (int p = 0; p < half; p++)
        {
            float turnRe = TurnCos[p * stride];
            float turnIm = TurnSin[p * stride];
            int a = stride * p;
            int b = stride * (p + half);
            int sum = 2 * stride * p;
            int difference = sum + stride;
            int q = 0;
            for (; q + lanes <= stride; q += lanes)
            {
                var aRe = new Vector<float>(_re, a + q);
                var aIm = new Vector<float>(_im, a + q);
                var bRe = new Vector<float>(_re, b + q);
                var bIm = new Vector<float>(_im, b + q);
                (aRe + bRe).CopyTo(_nextRe, sum + q);
                (aIm + bIm).CopyTo(_nextIm, sum + q);
                Vector<float> dRe = aRe - bRe;
                Vector<float> dIm = aIm - bIm;
                ((dRe * turnRe) - (dIm * turnIm)).CopyTo(_nextRe, difference + q);
                ((dRe * turnIm) + (dIm * turnRe)).CopyTo(_nextIm, difference + q);
            }

            for (; q < stride; q++)
            {
                float dRe = _re[a + q] - _re[b + q];
                float dIm = _im[a + q] - _im[b + q];
                _nextRe[sum + q] = _re[a + q] + _re[b + q];
                _nextIm[sum + q] = _im[a + q] + _im[b + q];
                _nextRe[difference + q] = (dRe * turnRe) - (dIm * turnIm);
                _nextIm[difference + q] = (dRe * turnIm) + (dIm * turnRe);
            }
        }
    }

    /// <summary>X[k] = E[k] + w^k O[k], with E and O the even and odd samples' spectra hidden in Z[k] and conj Z[N/2 - k].</summary>
    private void TakeApart(Span<float> power)
    {
        for (int k = 0; k < Bins; k++)
        {
            int i = k & (Half - 1);
            int j = (Half - k) & (Half - 1);
            float evenRe = 0.5f * (_re[i] + _re[j]);
            float evenIm = 0.5f * (_im[i] - _im[j]);
            float oddRe = 0.5f * (_im[i] + _im[j]);
            float oddIm = 0.5f * (_re[j] - _re[i]);
            float re = evenRe + (SplitCos[k] * oddRe) - (SplitSin[k] * oddIm);
            float im = evenIm + (SplitCos[k] * oddIm) + (SplitSin[k] * oddRe);
            power[k] = (re * re) + (im * im);
        }
    }

    private static float[] Table(int count, int period, Func<double, double> of)
    {
        float[] table = new float[count];
        for (int i = 0; i < count; i++)
            table[i] = (float)of(2 * Math.PI * i / period);
        return table;
    }
}
