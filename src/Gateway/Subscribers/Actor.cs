namespace Avatar2D.Gateway.Subscribers;

/// <summary>Who does something: a key, or the gateway itself.</summary>
/// <param name="Name">"key_..." or "gateway"; goes into the audit log.</param>
/// <param name="SubscriberId">The only subscriber that it may touch; null for an operator.</param>
internal sealed record Actor(string Name, string? SubscriberId = null)
{
    /// <summary>The gateway by itself: jobs, retention.</summary>
    public static Actor Gateway { get; } = new("gateway");
}
