using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Sessions;

/// <summary>Delays after crossing re-INVITEs, RFC 3261 §14.</summary>
internal static class GlarePolicy
{
    // §14.1: in units of 10 ms.
    private const int UnitMs = 10;

    /// <summary>
    /// Wait after 491: 2.1 to 4 s for the owner of the Call-ID, 0 to 2 s for the other side, so that one goes first.
    /// </summary>
    public static TimeSpan RetryDelay(bool ownsCallId, SipTokens tokens) => TimeSpan.FromMilliseconds(
        UnitMs * (ownsCallId ? tokens.Between(210, 400) : tokens.Between(0, 200)));

    /// <summary>Retry-After of a 500 to an overlapping request: 0 to 10 s (§14.2).</summary>
    public static int OverlapRetryAfterSeconds(SipTokens tokens) => tokens.Between(0, 10);
}
