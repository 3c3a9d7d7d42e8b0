namespace Avatar2D.Media;

/// <summary>
/// For each target sample along one direction: which source samples it is made of, and how much of each. A triangle of one
/// source sample (bilinear) that widens with the ratio when the picture shrinks (area average without aliasing).
/// </summary>
internal sealed class ScaleWeights
{
    /// <param name="source">Source samples.</param>
    /// <param name="target">Target samples.</param>
    /// <param name="unit">What the weights of a target sample sum to, exactly.</param>
    public ScaleWeights(int source, int target, int unit)
    {
        double ratio = (double)source / target;
        double reach = Math.Max(1.0, ratio);
        Taps = Math.Min(source, (int)Math.Ceiling(reach * 2) + 1);
        First = new int[target];
        Weights = new int[target * Taps];
        double[] exact = new double[Taps];
        for (int i = 0; i < target; i++)
        {
            double centre = ((i + 0.5) * ratio) - 0.5;
            int first = Math.Clamp((int)Math.Floor(centre - reach) + 1, 0, source - Taps);
            double sum = 0;
            for (int t = 0; t < Taps; t++)
            {
                exact[t] = Math.Max(0, 1 - (Math.Abs(first + t - centre) / reach));
                sum += exact[t];
            }

            First[i] = first;
            Quantize(exact, sum, unit, Weights.AsSpan(i * Taps, Taps));
        }
    }

    /// <summary>Source samples per target sample.</summary>
    public int Taps { get; }

    /// <summary>[target] first source sample.</summary>
    public int[] First { get; }

    /// <summary>[target x taps] integer weights.</summary>
    public int[] Weights { get; }

    private static void Quantize(double[] exact, double sum, int unit, Span<int> weights)
    {
        int left = unit;
        int largest = 0;
        for (int t = 0; t < weights.Length; t++)
        {
            weights[t] = (int)Math.Round(exact[t] / sum * unit);
            left -= weights[t];
            if (weights[t] > weights[largest])
                largest = t;
        }

        weights[largest] += left;
    }
}
