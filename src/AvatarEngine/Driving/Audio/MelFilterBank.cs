using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Driving.Audio;

/// <summary>Triangles of height 1 over the bins of a power spectrum, evenly spaced on 2595 log10(1 + f / 700). Immutable.</summary>
internal sealed class MelFilterBank
{
    private readonly int[] _firstBin;
    private readonly float[][] _weights;

    public MelFilterBank(MelParameters p)
    {
        double low = ToMel(p.LowHz);
        double step = (ToMel(p.HighHz) - low) / (p.Bands + 1);
        double[] edges = new double[p.Bands + 2];
        for (int i = 0; i < edges.Length; i++)
            edges[i] = ToHz(low + (step * i));
        _firstBin = new int[p.Bands];
        _weights = new float[p.Bands][];
        for (int band = 0; band < p.Bands; band++)
            _weights[band] = Triangle(edges[band], edges[band + 1], edges[band + 2], (double)p.SampleRateHz / p.Fft, out _firstBin[band]);
    }

    /// <summary>Power in each band.</summary>
    /// <param name="power">All bins of the spectrum.</param>
    /// <param name="scale">Factor on every band.</param>
    /// <param name="bands">One number per band.</param>
    public void Apply(ReadOnlySpan<float> power, float scale, Span<float> bands)
    {
        for (int band = 0; band < _weights.Length; band++)
        {
            float[] weights = _weights[band];
            ReadOnlySpan<float> bins = power.Slice(_firstBin[band], weights.Length);
            float sum = 0;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * bins[i];
            bands[band] = sum * scale;
        }
    }

    private static float[] Triangle(double left, double centre, double right, double hzPerBin, out int firstBin)
    {
        firstBin = (int)Math.Floor(left / hzPerBin) + 1;
        int end = (int)Math.Ceiling(right / hzPerBin);
        float[] weights = new float[Math.Max(0, end - firstBin)];
        for (int i = 0; i < weights.Length; i++)
        {
            double f = (firstBin + i) * hzPerBin;
            weights[i] = (float)Math.Max(0, Math.Min((f - left) / (centre - left), (right - f) / (right - centre)));
        }

        return weights;
    }

    private static double ToMel(double hz) => 2595 * Math.Log10(1 + (hz / 700));

    private static double ToHz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
