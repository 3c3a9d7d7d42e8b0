using Avatar2D.Gateway.Subscribers.Keys;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A key as the API shows it, without its secret.</summary>
/// <param name="Id">"key_...".</param>
/// <param name="Name">Name for people.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="SubscriberId">The only subscriber that it may touch.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Valid until then.</param>
/// <param name="RevokedAt">When it was revoked.</param>
internal sealed record KeyView(
    string Id, string Name, IReadOnlyList<string> Scopes, string? SubscriberId, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>The view of a key.</summary>
    public static KeyView Of(ApiKey key) => new(key.Id, key.Name, key.Scopes.Split(' '), key.SubscriberId, key.CreatedAt, key.ExpiresAt, key.RevokedAt);
}
