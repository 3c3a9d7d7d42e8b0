namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>How well a mouth fits its sound: correlation of loudness with the opening of the lips over lags of at most 8 pictures.</summary>
/// <param name="LagFrames">Best lag; positive when the mouth comes after the sound.</param>
/// <param name="Correlation">Pearson's r there; 0 when the sound or the mouth does not move.</param>
internal readonly record struct SyncCheck(int LagFrames, double Correlation)
{
    private const int MaxLagFrames = 8;
    private const double LeastLoudness = 1e-3;
    private const double LeastOpening = 1e-4;

    /// <summary>Checks a clip.</summary>
    /// <param name="loudness">One number a picture.</param>
    /// <param name="opening">One number a picture, eye distances.</param>
    public static SyncCheck Of(ReadOnlySpan<double> loudness, ReadOnlySpan<double> opening)
    {
        if (Deviation(loudness) < LeastLoudness || Deviation(opening) < LeastOpening)
            return default;
        var best = new SyncCheck(0, -1);
        for (int lag = -MaxLagFrames; lag <= MaxLagFrames; lag++)
        {
            int overlap = loudness.Length - Math.Abs(lag);
            if (overlap < 2)
                continue;
            double r = Pearson(loudness.Slice(Math.Max(0, -lag), overlap), opening.Slice(Math.Max(0, lag), overlap));
            if (r > best.Correlation)
                best = new SyncCheck(lag, r);
        }

        return best;
    }

    private static double Deviation(ReadOnlySpan<double> x)
    {
        double mean = Mean(x);
        double sum = 0;
        foreach (double v in x)
            sum += (v - mean) * (v - mean);
        return Math.Sqrt(sum / Math.Max(1, x.Length));
    }

    private static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double meanX = Mean(x), meanY = Mean(y);
        double xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double a = x[i] - meanX, b = y[i] - meanY;
            xy += a * b;
            xx += a * a;
            yy += b * b;
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : -1;
    }

    private static double Mean(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double v in x)
            sum += v;
        return sum / Math.Max(1, x.Length);
    }
}
