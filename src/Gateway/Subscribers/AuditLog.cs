using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers;

/// <summary>
/// The audit log, written in the transaction of the change that it tells. It is the feed of changes too: what is not in it has
/// not happened to a subscriber.
/// </summary>
internal static class AuditLog
{
    /// <summary>Adds a line.</summary>
    public static Task AuditAsync(
        this StoreConnection db, DateTimeOffset at, Actor actor, string action, string? subscriberId, string? target = null, string? detail = null) =>
        db.ExecuteAsync(
            "INSERT INTO audit (at, actor, action, subscriber_id, target, detail) VALUES (@At, @Actor, @Action, @SubscriberId, @Target, @Detail)",
            new { At = at, Actor = actor.Name, Action = action, SubscriberId = subscriberId, Target = target, Detail = detail });

    /// <summary>Lines before a number, newest first.</summary>
    public static Task<IReadOnlyList<AuditEntry>> ListAsync(StoreDatabase database, string? subscriberId, long before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.ListAsync<AuditEntry>(
                $"SELECT * FROM audit WHERE seq < @Before {(subscriberId is null ? "" : "AND subscriber_id = @SubscriberId")} ORDER BY seq DESC LIMIT @Limit",
                new { Before = before, SubscriberId = subscriberId, Limit = limit }),
            cancellationToken);
}
