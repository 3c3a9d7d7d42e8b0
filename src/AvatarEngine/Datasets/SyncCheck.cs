namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// How well a mouth fits its sound: correlation of what is heard (loudness, or the opening that a voice asks for) with the opening of
/// the lips, over lags.
/// </summary>
/// <param name="LagFrames">Best lag; positive when the mouth comes after the sound.</param>
/// <param name="Correlation">Pearson's r there; 0 when the sound or the mouth does not move.</param>
/// <param name="Prominence">
/// By how much r is above the best one four lags away and further: speech that only has the rhythm of the mouth has no peak; 0 when no
/// such lag is looked at.
/// </param>
public readonly record struct SyncCheck(int LagFrames, double Correlation, double Prominence = 0)
{
    /// <summary>Lags looked at where nothing else is said.</summary>
    internal const int MaxLagFrames = 8;

    /// <summary>So far from a peak its slopes have ended, lags.</summary>
    private const int PeakFrames = 4;

    /// <summary>Pictures before and after one over which its slow part is taken: half a second in all.</summary>
    private const int SlowFrames = 6;

    private const double LeastSound = 1e-3;
    private const double LeastOpening = 1e-4;

    /// <summary>Checks a clip.</summary>
    /// <param name="sound">One number a picture.</param>
    /// <param name="opening">One number a picture, eye distances; NaN where no mouth is seen.</param>
    /// <param name="maxLagFrames">Lags looked at, both ways.</param>
    internal static SyncCheck Of(ReadOnlySpan<double> sound, ReadOnlySpan<double> opening, int maxLagFrames = MaxLagFrames)
    {
        var best = new SyncCheck(0, -1);
        Span<double> all = stackalloc double[(2 * maxLagFrames) + 1];
        all.Fill(double.NaN);
        for (int lag = -maxLagFrames; lag <= maxLagFrames; lag++)
        {
            int overlap = Math.Min(sound.Length, opening.Length) - Math.Abs(lag);
            if (overlap < 2)
                continue;
            double r = Pearson(sound.Slice(Math.Max(0, -lag), overlap), opening.Slice(Math.Max(0, lag), overlap));
            all[lag + maxLagFrames] = r;
            if (r > best.Correlation)
                best = new SyncCheck(lag, r);
        }

        if (best.Correlation < 0)
            return default;
        double far = double.NaN;
        for (int i = 0; i < all.Length; i++)
        {
            if (Math.Abs(i - maxLagFrames - best.LagFrames) >= PeakFrames && !(all[i] <= far))
                far = all[i];
        }

        return best with { Prominence = double.IsNaN(far) ? 0 : best.Correlation - far };
    }

    /// <summary>
    /// What moves within half a second. Phrases and pauses have a rhythm that anybody's sound has, so that a stranger's may follow a mouth at
    /// r 0.6; without it one's own came to 0.51 at least over 20 s, and a stranger's to 0.29 at most.
    /// </summary>
    /// <param name="values">One a picture; NaN where there is none.</param>
    internal static double[] Quick(ReadOnlySpan<double> values)
    {
        double[] quick = new double[values.Length];
        for (int i = 0; i < quick.Length; i++)
        {
            double sum = 0;
            int count = 0;
            foreach (double value in values[Math.Max(0, i - SlowFrames)..Math.Min(values.Length, i + SlowFrames + 1)])
            {
                if (double.IsNaN(value))
                    continue;
                sum += value;
                count++;
            }

            quick[i] = values[i] - (sum / count);
        }

        return quick;
    }

    // Over the pictures that show a mouth; NaN where one side does not move.
    private static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = 0, sumY = 0;
        int count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(y[i]))
                continue;
            sumX += x[i];
            sumY += y[i];
            count++;
        }

        double xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(y[i]))
                continue;
            double a = x[i] - (sumX / count), b = y[i] - (sumY / count);
            xy += a * b;
            xx += a * a;
            yy += b * b;
        }

        bool moves = Math.Sqrt(xx / count) >= LeastSound && Math.Sqrt(yy / count) >= LeastOpening;
        return moves ? xy / Math.Sqrt(xx * yy) : double.NaN;
    }
}
