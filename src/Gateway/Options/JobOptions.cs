using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>Work that is done beside the calls: registration of avatars, personalization of models.</summary>
public sealed record JobOptions
{
    /// <summary>Jobs that this node works on at one time. 0: it takes none, others that share the store do.</summary>
    /// <value>Default: 1. Unit: jobs.</value>
    [Range(0, 64)]
    public int Workers { get; init; } = 1;

    /// <summary>A worker renews its hold on a job within this time; when it does not (power cut, kill), another one takes the job.</summary>
    /// <value>Default: 60. Unit: seconds.</value>
    [Range(5, 3600)]
    public int LeaseSeconds { get; init; } = 60;

    /// <summary>A job that was begun so often without coming to an end has failed.</summary>
    /// <value>Default: 3. Unit: attempts.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 3;

    /// <summary>A source is looked at and registered by a process of its own, which is killed after this time.</summary>
    /// <value>Default: 300. Unit: seconds.</value>
    [Range(10, 7200)]
    public int RegisterTimeoutSeconds { get; init; } = 300;

    /// <summary>So long a personal model learns; then the gate decides.</summary>
    /// <value>Default: 30. Unit: minutes.</value>
    [Range(1, 10080)]
    public int PersonalizeMinutes { get; init; } = 30;

    /// <summary>A personalization that takes longer with all that belongs to it is stopped.</summary>
    /// <value>Default: 120. Unit: minutes.</value>
    [Range(1, 10080)]
    public int PersonalizeTimeoutMinutes { get; init; } = 120;

    /// <summary>Memory that the process which decodes a source may take.</summary>
    /// <value>Default: 2048. Unit: MB (1,000,000 bytes).</value>
    [Range(256, 262144)]
    public int WorkerMemoryMegabytes { get; init; } = 2048;

    /// <summary><see cref="LeaseSeconds"/> as a span.</summary>
    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}
