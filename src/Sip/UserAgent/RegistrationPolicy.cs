namespace Avatar2D.Sip.UserAgent;

/// <summary>When a registration is refreshed and when a failed one is tried again. Pure.</summary>
internal static class RegistrationPolicy
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>A minute before the end, of a short registration at its half.</summary>
    public static TimeSpan RefreshAfter(TimeSpan granted) => granted > 2 * Early ? granted - Early : granted / 2;

    /// <summary>
    /// Wait after a failure: from 30 s doubling to 30 min, half of it by chance, so that many clients of a registrar that comes back
    /// do not come all at once (RFC 5626 §4.5).
    /// </summary>
    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="percent">50 to 100, by chance.</param>
    public static TimeSpan RetryAfter(int failures, int percent)
    {
        var upper = FirstWait * Math.Pow(2, Math.Min(failures - 1, 10));
        return (upper < LongestWait ? upper : LongestWait) * (percent / 100.0);
    }
}
