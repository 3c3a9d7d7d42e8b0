using Avatar2D.Gateway.Subscribers;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>The Avatar resource of the base avatar repository (3GPP TS 26.264 Annex B).</summary>
internal sealed record BarAvatar
{
    /// <summary>Globally unique.</summary>
    public required string AvatarId { get; init; }

    /// <summary>Whose.</summary>
    public required string SubscriberId { get; init; }

    /// <summary>What the container holds: a 2D avatar (3GPP TR 26.813 §6.3).</summary>
    public string AvatarType { get; init; } = "2D";

    /// <summary>What UpdateBaseAvatarModel by PATCH can replace.</summary>
    public IReadOnlyList<string> AssetIds { get; init; } = [];

    /// <summary>processing, ready, rejected or failed.</summary>
    public AvatarState State { get; init; }

    /// <summary>SHA-256 of the container that was stored last.</summary>
    public string? ContainerSha256 { get; init; }

    /// <summary>The job that checks it; null when this answer does not know it.</summary>
    public string? JobId { get; init; }

    /// <summary>When it was stored last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The resource of an avatar.</summary>
    public static BarAvatar Of(SubscriberAvatar avatar, string? jobId = null) => new()
    {
        AvatarId = avatar.Id, SubscriberId = avatar.SubscriberId, AssetIds = avatar.Kind == AvatarKind.Gallery ? [] : [BarPatch.SourceAsset], State = avatar.State, ContainerSha256 = avatar.SourceSha256, JobId = jobId, UpdatedAt = avatar.UpdatedAt,
    };
}
