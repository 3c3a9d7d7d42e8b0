using System.Text.Json;
using Avatar2D.Gateway.Subscribers.Models;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A face model as the API shows it.</summary>
internal sealed record ModelView
{
    /// <summary>Name of a robust model, or "mod_...".</summary>
    public required string Id { get; init; }

    /// <summary>robust or personalized (3GPP TR 26.813 §6.3.2).</summary>
    public required string Kind { get; init; }

    /// <summary>training, ready, rejected or failed.</summary>
    public ModelState State { get; init; }

    /// <summary>Avatars that are registered now get this one.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whose; null for a robust model.</summary>
    public string? SubscriberId { get; init; }

    /// <summary>For which avatar.</summary>
    public string? AvatarId { get; init; }

    /// <summary>The robust model that a personal one was made from.</summary>
    public string? Base { get; init; }

    /// <summary>The job that makes it.</summary>
    public string? JobId { get; init; }

    /// <summary>What was measured: the gate's report of a personal model, the manifest's figures of a robust one.</summary>
    public JsonElement? Metrics { get; init; }

    /// <summary>When it was ordered; null for a robust model.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The view of a personal model.</summary>
    public static ModelView Of(PersonalModel model) => new()
    {
        Id = model.Id, Kind = "personalized", State = model.State, SubscriberId = model.SubscriberId, AvatarId = model.AvatarId, Base = model.Base, JobId = model.JobId,
        Metrics = model.Metrics is null ? null : JsonSerializer.Deserialize<JsonElement>(model.Metrics), CreatedAt = model.CreatedAt,
    };

    /// <summary>The view of a robust model.</summary>
    public static ModelView Of(string name, JsonElement manifest, bool isDefault) => new()
    {
        Id = name, Kind = "robust", State = ModelState.Ready, IsDefault = isDefault,
        Metrics = manifest.TryGetProperty("metrics", out JsonElement metrics) ? metrics : null,
    };
}
