namespace Avatar2D.Gateway.Subscribers.Models;

/// <summary>A face model of one person, made of the video of one avatar (3GPP TR 26.813 §6.3.2: personalized).</summary>
internal sealed record PersonalModel
{
    /// <summary>"mod_...".</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>For which avatar.</summary>
    public required string AvatarId { get; init; }

    /// <summary>Name of the robust model that it was made from.</summary>
    public required string Base { get; init; }

    /// <summary>Where it stands.</summary>
    public ModelState State { get; init; }

    /// <summary>What the gate measured, JSON; null before.</summary>
    public string? Metrics { get; init; }

    /// <summary>The job that makes it.</summary>
    public string? JobId { get; init; }

    /// <summary>When it was ordered.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
