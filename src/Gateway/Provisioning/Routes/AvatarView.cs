using System.Text.Json;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>An avatar as the API shows it.</summary>
internal sealed record AvatarView
{
    /// <summary>"av_...".</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>gallery, photo or video.</summary>
    public AvatarKind Kind { get; init; }

    /// <summary>processing, ready, rejected or failed.</summary>
    public AvatarState State { get; init; }

    /// <summary>Gallery character; null for a person.</summary>
    public string? Gallery { get; init; }

    /// <summary>A person's consent is needed before it is shown.</summary>
    public bool NeedsConsent { get; init; }

    /// <summary>Media type of the source.</summary>
    public string? SourceType { get; init; }

    /// <summary>Size of the source.</summary>
    public long? SourceBytes { get; init; }

    /// <summary>SHA-256 of the source.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>When the source was erased by retention.</summary>
    public DateTimeOffset? SourceErasedAt { get; init; }

    /// <summary>What the checks said.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>Why it is rejected or failed.</summary>
    public string? Failure { get; init; }

    /// <summary>Face model that speaks for it, "base-..." or "mod_..."; null: that of the settings.</summary>
    public string? Model { get; init; }

    /// <summary>Face model that a roll-back goes to.</summary>
    public string? ModelBefore { get; init; }

    /// <summary>The job that made or makes it, where this answer knows it.</summary>
    public string? JobId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The view of an avatar.</summary>
    public static AvatarView Of(SubscriberAvatar avatar, string? jobId = null) => new()
    {
        Id = avatar.Id,
        SubscriberId = avatar.SubscriberId,
        Name = avatar.Name,
        Kind = avatar.Kind,
        State = avatar.State,
        Gallery = avatar.Gallery,
        NeedsConsent = avatar.Kind != AvatarKind.Gallery,
        SourceType = avatar.SourceType,
        SourceBytes = avatar.SourceBytes,
        SourceSha256 = avatar.SourceSha256,
        SourceErasedAt = avatar.SourceErasedAt,
        Verdicts = avatar.Verdicts is null ? [] : JsonSerializer.Deserialize<Verdict[]>(avatar.Verdicts, StoreJson.Options) ?? [],
        Failure = avatar.Failure,
        Model = avatar.Model,
        ModelBefore = avatar.ModelBefore,
        JobId = jobId,
        CreatedAt = avatar.CreatedAt,
        UpdatedAt = avatar.UpdatedAt,
    };
}
