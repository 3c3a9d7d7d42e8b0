namespace Avatar2D.Sip.Sessions;

/// <summary>How sessions are refreshed: RFC 4028. Immutable.</summary>
public sealed record SessionTimerSettings
{
    /// <summary>What we propose. Zero: no session timers. Default 1,800 s (§4).</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>The shortest that we accept. Default 90 s, which is also the least that the RFC allows (§5).</summary>
    public TimeSpan Minimum { get; init; } = TimeSpan.FromSeconds(90);
}
