namespace Avatar2D.Gateway.Subscribers;

/// <summary>Ids of stored things: a prefix that says what it is and a UUID that sorts by time (RFC 9562 §5.7).</summary>
internal static class Ids
{
    /// <summary>A new id.</summary>
    /// <param name="prefix">"sub", "av", "up", "con", "job", "mod", "key", "era".</param>
    /// <param name="now">The time that it sorts by.</param>
    public static string New(string prefix, DateTimeOffset now) => $"{prefix}_{Guid.CreateVersion7(now):N}";
}
