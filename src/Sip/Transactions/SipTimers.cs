namespace Avatar2D.Sip.Transactions;

/// <summary>Timer values of RFC 3261 §17 (table 4) and RFC 6026 §7. Immutable; any thread.</summary>
public sealed record SipTimers
{
    /// <summary>Values that RFC 3261 recommends.</summary>
    public static readonly SipTimers Default = new();

    /// <summary>Round-trip estimate: first retransmission interval. Default 500 ms.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest interval between retransmissions. Default 4 s.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest life of a message in the network. Default 5 s.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an INVITE waits for its user before 100 goes out by itself; zero sends at once. Default 200 ms (§17.2.1).
    /// </summary>
    public TimeSpan TryingDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>64*T1: timers B, F, H, L, M, and J and D on unreliable transports.</summary>
    public TimeSpan Giveup => 64 * T1;

    /// <summary>Timer D: how long an INVITE client absorbs repeated failures: at least 32 s on UDP, zero when reliable.</summary>
    public TimeSpan TimerD(bool reliable) =>
        reliable ? TimeSpan.Zero : Giveup > TimeSpan.FromSeconds(32) ? Giveup : TimeSpan.FromSeconds(32);

    /// <summary>Timer I: how long an INVITE server absorbs repeated ACKs: T4, zero when reliable.</summary>
    public TimeSpan TimerI(bool reliable) => reliable ? TimeSpan.Zero : T4;

    /// <summary>Timer J: how long a non-INVITE server absorbs repeated requests: 64*T1, zero when reliable.</summary>
    public TimeSpan TimerJ(bool reliable) => reliable ? TimeSpan.Zero : Giveup;

    /// <summary>Timer K: how long a non-INVITE client absorbs repeated responses: T4, zero when reliable.</summary>
    public TimeSpan TimerK(bool reliable) => reliable ? TimeSpan.Zero : T4;

    /// <summary>Next interval of timers E and G, and of 2xx retransmission: doubled, at most T2 (§17.1.2.2, §13.3.1.4).</summary>
    public TimeSpan NextCapped(TimeSpan interval) => interval * 2 > T2 ? T2 : interval * 2;
}
