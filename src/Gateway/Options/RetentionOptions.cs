using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>How long things are kept that no call needs.</summary>
public sealed record RetentionOptions
{
    /// <summary>
    /// The photo or video behind an avatar is erased so long after the avatar became ready; the avatar itself stays. Without its
    /// source an avatar cannot be registered again or personalized. 0: it stays as long as the avatar.
    /// </summary>
    /// <value>Default: 0. Unit: days.</value>
    [Range(0, 3650)]
    public int SourceDays { get; init; }

    /// <summary>Finished jobs and their logs are erased after this time.</summary>
    /// <value>Default: 90. Unit: days.</value>
    [Range(1, 3650)]
    public int JobDays { get; init; } = 90;

    /// <summary>The audit log forgets entries after this time. 0: never.</summary>
    /// <value>Default: 0. Unit: days.</value>
    [Range(0, 3650)]
    public int AuditDays { get; init; }

    /// <summary>
    /// Call detail records say who called whom: they leave the file of Cdr:Path this long after their call has ended. Records that
    /// logrotate has moved away are the operator's. 0: they stay.
    /// </summary>
    /// <value>Default: 180. Unit: days.</value>
    [Range(0, 3650)]
    public int CdrDays { get; init; } = 180;

    /// <summary>An answer that was given for an Idempotency-Key is repeated within this time.</summary>
    /// <value>Default: 24. Unit: hours.</value>
    [Range(1, 720)]
    public int IdempotencyHours { get; init; } = 24;
}
