namespace Avatar2D.Gateway.Measuring;

/// <summary>How well one curve follows another, and how much later: Pearson's r at the best of all lags, found to a part of a picture.</summary>
/// <param name="Correlation">r at <paramref name="LagSeconds"/>.</param>
/// <param name="Slope">Change of the found curve per change of the reference there, by least squares; 1 is the same amplitude.</param>
/// <param name="LagSeconds">The found curve comes so much later.</param>
internal readonly record struct CurveMatch(double Correlation, double Slope, double LagSeconds)
{
    /// <summary>Lags that are tried; a parabola through the best three gives what lies between.</summary>
    private const double StepSeconds = 0.005;

    /// <summary>Fewer common points say nothing.</summary>
    private const int LeastPoints = 8;

    /// <summary>Compares two curves.</summary>
    /// <param name="reference">What was to be followed; at least as finely sampled as what moves in it.</param>
    /// <param name="found">What was measured, at any times.</param>
    /// <param name="from">Least lag, seconds.</param>
    /// <param name="to">Largest lag, seconds.</param>
    /// <returns>Null when at no lag enough of both curves moves.</returns>
    public static CurveMatch? Of(TimedCurve reference, TimedCurve found, double from, double to)
    {
        int steps = Math.Max(0, (int)Math.Round((to - from) / StepSeconds));
        var tried = new CurveMatch?[steps + 1];
        int best = -1;
        for (int i = 0; i <= steps; i++)
        {
            tried[i] = At(reference, found, from + (i * StepSeconds));
            if (tried[i] is { } match && (best < 0 || match.Correlation > tried[best]!.Value.Correlation)) // The best is none of the empty ones.
                best = i;
        }

        if (best < 0)
            return null;
        double lag = from + (best * StepSeconds);
        if (best > 0 && best < steps && tried[best - 1] is { } before && tried[best + 1] is { } after)
            lag += StepSeconds * Top(before.Correlation, tried[best]!.Value.Correlation, after.Correlation);
        return At(reference, found, lag) ?? tried[best];
    }

    /// <summary>Compares two curves at one lag; null when too little of them is common, or one does not move.</summary>
    public static CurveMatch? At(TimedCurve reference, TimedCurve found, double lagSeconds)
    {
        double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < found.Count; i++)
        {
            if (reference.At(found.Times[i] - lagSeconds) is not { } wanted)
                continue;
            double got = found.Values[i];
            n++;
            x += wanted;
            y += got;
            xx += wanted * wanted;
            yy += got * got;
            xy += wanted * got;
        }

        double varianceX = (n * xx) - (x * x);
        double varianceY = (n * yy) - (y * y);
        if (n < LeastPoints || !(varianceX > 1e-12) || !(varianceY > 1e-12))
            return null;
        double covariance = (n * xy) - (x * y);
        return new CurveMatch(covariance / Math.Sqrt(varianceX * varianceY), covariance / varianceX, lagSeconds);
    }

    /// <summary>Place of the top of the parabola through three neighbours, in steps from the middle one, within half a step.</summary>
    internal static double Top(double before, double middle, double after)
    {
        double bend = before - (2 * middle) + after;
        return bend < 0 ? Math.Clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
    }
}
