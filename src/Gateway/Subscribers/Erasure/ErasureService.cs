using System.Text.Json;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers.Erasure;

/// <summary>
/// Erases a subscriber for good: first the rows, together with the order to erase the files, in one transaction; then the files.
/// A crash in between is made good by the next <see cref="CompleteAsync"/>.
/// </summary>
internal sealed class ErasureService(StoreDatabase database, StoreFiles files, TimeProvider time)
{
    private static readonly string[] Tables = ["identities", "avatars", "uploads", "consents", "jobs", "models", "api_keys"];

    /// <summary>Forgets cached pictures of avatars; set by who has a cache.</summary>
    public Action<IReadOnlyList<string>, IReadOnlyList<string>> ForgetCached { get; set; } = (_, _) => { };

    /// <summary>Erases a subscriber.</summary>
    /// <param name="subscriberId">Who.</param>
    /// <param name="version">The version that is meant; null: any.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up, before anything is erased.</param>
    /// <exception cref="ProblemException">There is none, or it was changed meanwhile.</exception>
    public async Task<ErasureReceipt> EraseAsync(string subscriberId, long? version, Actor actor, CancellationToken cancellationToken)
    {
        ErasureReceipt receipt = await database.WriteAsync(
            async db =>
            {
                Subscriber subscriber = await SubscriberService.FindAsync(db, subscriberId) ?? throw SubscriberService.Missing(subscriberId);
                if (version is { } wanted && wanted != subscriber.Version)
                    throw Problems.VersionConflict.With($"Version {wanted} was wanted, {subscriber.Version} is there.");
                DateTimeOffset now = time.GetUtcNow();
                var rows = new Dictionary<string, long> { ["subscribers"] = 1 };
                foreach (string table in Tables)
                    rows[table] = await db.ScalarAsync<long>($"SELECT COUNT(*) FROM {table} WHERE subscriber_id = @Id", subscriber);
                var order = new ErasureReceipt
                {
                    Id = Ids.New("era", now),
                    SubscriberId = subscriberId,
                    Rows = rows,
                    AvatarIds = await db.ListAsync<string>("SELECT id FROM avatars WHERE subscriber_id = @Id UNION SELECT avatar_id FROM uploads WHERE subscriber_id = @Id", subscriber),
                    UploadIds = await db.ListAsync<string>("SELECT id FROM uploads WHERE subscriber_id = @Id", subscriber),
                    ModelIds = await db.ListAsync<string>("SELECT id FROM models WHERE subscriber_id = @Id", subscriber),
                    JobIds = await db.ListAsync<string>("SELECT id FROM jobs WHERE subscriber_id = @Id AND state IN ('Queued', 'Running')", subscriber),
                    RequestedAt = now,
                };
                await db.ExecuteAsync("DELETE FROM subscribers WHERE id = @Id", subscriber);
                await db.ExecuteAsync("DELETE FROM idempotency WHERE body LIKE @Pattern", new { Pattern = $"%{subscriberId}%" }); // Kept answers tell names too.
                await db.ExecuteAsync(
                    "INSERT INTO erasures (id, subscriber_id, receipt, state, created_at) VALUES (@Id, @SubscriberId, @Receipt, 'Pending', @Now)",
                    new { order.Id, order.SubscriberId, Receipt = JsonSerializer.Serialize(order, StoreJson.Options), Now = now });
                await db.AuditAsync(now, actor, "subscriber.erase", subscriberId, order.Id);
                return order;
            },
            cancellationToken);
        return await EraseFilesAsync(receipt);
    }

    /// <summary>Finishes erasures that were cut off.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (string text in await database.ReadAsync(db => db.ListAsync<string>("SELECT receipt FROM erasures WHERE state = 'Pending'"), cancellationToken))
            await EraseFilesAsync(Read(text));
    }

    /// <summary>A receipt.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<ErasureReceipt> GetAsync(string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => db.FirstAsync<string>("SELECT receipt FROM erasures WHERE id = @Id", new { Id = id }), cancellationToken) is { } text
            ? Read(text) : throw Problems.NotFound.With($"There is no erasure {id}.");

    private static ErasureReceipt Read(string text) =>
        JsonSerializer.Deserialize<ErasureReceipt>(text, StoreJson.Options) ?? throw new InvalidDataException("An erasure receipt is empty.");

    private async Task<ErasureReceipt> EraseFilesAsync(ErasureReceipt order)
    {
        long gone = order.Files;
        foreach (string id in order.AvatarIds)
        {
            gone += await files.EraseAsync(StoreKind.Sources, id, CancellationToken.None);
            gone += await files.EraseAsync(StoreKind.Packages, id, CancellationToken.None);
        }

        foreach (string id in order.JobIds)
            gone += StoreFiles.Erase(files.WorkPath(id));
        foreach (string id in order.UploadIds)
            gone += StoreFiles.Erase(files.Upload(id));
        foreach (string id in order.ModelIds)
            gone += await files.EraseAsync(StoreKind.Models, id, CancellationToken.None);
        ForgetCached(order.AvatarIds, order.ModelIds);
        ErasureReceipt receipt = order with { Files = gone, CompletedAt = time.GetUtcNow() };
        await database.WriteAsync(
            db => db.ExecuteAsync(
                "UPDATE erasures SET state = 'Done', receipt = @Receipt WHERE id = @Id", new { receipt.Id, Receipt = JsonSerializer.Serialize(receipt, StoreJson.Options) }),
            CancellationToken.None);
        return receipt;
    }
}
