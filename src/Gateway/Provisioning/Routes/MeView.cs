namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>What the key of this request is.</summary>
/// <param name="Key">"key_...".</param>
/// <param name="SubscriberId">The only subscriber that it may touch.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Version">Version of the gateway.</param>
internal sealed record MeView(string Key, string? SubscriberId, IReadOnlyList<string> Scopes, string Version);
