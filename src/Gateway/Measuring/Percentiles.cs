namespace Avatar2D.Gateway.Measuring;

/// <summary>Order statistics of what was measured.</summary>
internal static class Percentiles
{
    /// <summary>The value that a share of the numbers does not exceed (nearest rank).</summary>
    /// <param name="numbers">At least one, in any order.</param>
    /// <param name="share">0.5 is the median.</param>
    public static double Of(IEnumerable<double> numbers, double share)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
