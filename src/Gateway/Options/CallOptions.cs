using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>Limits of calls.</summary>
public sealed record CallOptions
{
    /// <summary>Calls at one time; the next one gets 503 with Retry-After.</summary>
    /// <value>Default: 200. Unit: calls.</value>
    [Range(1, 10000)]
    public int MaxCalls { get; init; } = 200;

    /// <summary>
    /// When more of the pictures of the running calls were late in the last second or more, new calls get no picture. 5 suits a
    /// machine that does nothing else. 0: no bound.
    /// </summary>
    /// <value>Default: 0. Unit: percent of the pictures that were due.</value>
    [Range(0, 100)]
    public int MaxLateFramesPercent { get; init; }

    /// <summary>When this process uses more of the machine's cores, new calls get 503 with Retry-After. 0: no bound.</summary>
    /// <value>Default: 0. Unit: percent of all cores.</value>
    [Range(0, 100)]
    public int MaxCoresPercent { get; init; }

    /// <summary>After SIGTERM new calls get 503; calls that still last after this time get BYE.</summary>
    /// <value>Default: 30. Unit: seconds.</value>
    [Range(0, 86400)]
    public int DrainSeconds { get; init; } = 30;

    /// <summary>A call that lasts longer is ended. 0: no bound.</summary>
    /// <value>Default: 14400. Unit: seconds.</value>
    [Range(0, 604800)]
    public int MaxDurationSeconds { get; init; } = 14400;

    /// <summary>
    /// A call rings (180) for so long before it is answered, and can be cancelled meanwhile. 0: it is answered at once.
    /// Shorter than <see cref="SetupTimeoutSeconds"/>.
    /// </summary>
    /// <value>Default: 0. Unit: milliseconds.</value>
    [Range(0, 60000)]
    public int AnswerDelayMs { get; init; }

    /// <summary>A call that is not established so long after its INVITE is ended (our bound above RFC 3261's Timer B, 32 s).</summary>
    /// <value>Default: 60. Unit: seconds.</value>
    [Range(1, 600)]
    public int SetupTimeoutSeconds { get; init; } = 60;

    /// <summary><see cref="AnswerDelayMs"/> as a span.</summary>
    public TimeSpan AnswerDelay => TimeSpan.FromMilliseconds(AnswerDelayMs);

    /// <summary><see cref="DrainSeconds"/> as a span.</summary>
    public TimeSpan Drain => TimeSpan.FromSeconds(DrainSeconds);

    /// <summary><see cref="MaxDurationSeconds"/> as a span; null when calls have no bound.</summary>
    public TimeSpan? MaxDuration => MaxDurationSeconds == 0 ? null : TimeSpan.FromSeconds(MaxDurationSeconds);

    /// <summary><see cref="SetupTimeoutSeconds"/> as a span.</summary>
    public TimeSpan SetupTimeout => TimeSpan.FromSeconds(SetupTimeoutSeconds);
}
