using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers;

/// <summary>Avatars of subscribers: picked from the gallery, found, deleted. Uploaded ones come by <see cref="Uploads.UploadService"/>.</summary>
internal sealed class AvatarService(StoreDatabase database, StoreFiles files, GatewayOptions options, TimeProvider time)
{
    private const int MaxNameLength = 100;

    /// <summary>Gives a subscriber a character of the gallery; it is ready at once.</summary>
    /// <exception cref="ProblemException">No such character or subscriber, or the quota is used up.</exception>
    public async Task<SubscriberAvatar> PickAsync(string subscriberId, string character, string? name, Actor actor, CancellationToken cancellationToken)
    {
        if (Gallery.Find(character) is null)
            throw Problems.InvalidValue.With($"The gallery has no character \"{character}\"; it has {string.Join(", ", Gallery.All.Select(c => c.Name))}.");
        CheckName(name ?? character);
        DateTimeOffset now = time.GetUtcNow();
        var avatar = new SubscriberAvatar
        {
            Id = Ids.New("av", now),
            SubscriberId = subscriberId,
            Name = (name ?? character).Trim(),
            Kind = AvatarKind.Gallery,
            State = AvatarState.Ready,
            Gallery = character,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await database.WriteAsync(
            async db =>
            {
                if (await SubscriberService.FindAsync(db, subscriberId) is null)
                    throw SubscriberService.Missing(subscriberId);
                await RequireQuotaAsync(db, subscriberId, options.Api.MaxAvatarsPerSubscriber);
                await InsertAsync(db, avatar);
                await db.AuditAsync(now, actor, "avatar.pick", subscriberId, avatar.Id, character);
            },
            cancellationToken);
        return avatar;
    }

    /// <summary>An avatar of a subscriber.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<SubscriberAvatar> GetAsync(string subscriberId, string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            db => db.FirstAsync<SubscriberAvatar>(
                "SELECT * FROM avatars WHERE id = @Id AND subscriber_id = @SubscriberId", new { Id = id, SubscriberId = subscriberId }),
            cancellationToken)
        ?? throw Problems.NotFound.With($"Subscriber {subscriberId} has no avatar {id}.");

    /// <summary>An avatar, whosever it is.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<SubscriberAvatar> FindAsync(string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => db.FirstAsync<SubscriberAvatar>("SELECT * FROM avatars WHERE id = @Id", new { Id = id }), cancellationToken)
        ?? throw Problems.NotFound.With($"There is no avatar {id}.");

    /// <summary>Avatars of a subscriber in the order of their making.</summary>
    public Task<IReadOnlyList<SubscriberAvatar>> ListAsync(string subscriberId, string? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db => await SubscriberService.FindAsync(db, subscriberId) is null
                ? throw SubscriberService.Missing(subscriberId)
                : await db.ListAsync<SubscriberAvatar>(
                    "SELECT * FROM avatars WHERE subscriber_id = @SubscriberId AND id > @After ORDER BY id LIMIT @Limit",
                    new { SubscriberId = subscriberId, After = after ?? "", Limit = limit }),
            cancellationToken);

    /// <summary>Deletes an avatar with its source, package, consents and jobs; calls that show it lose the picture.</summary>
    public async Task DeleteAsync(string subscriberId, string id, long? version, Actor actor, CancellationToken cancellationToken)
    {
        SubscriberAvatar avatar = await GetAsync(subscriberId, id, cancellationToken);
        if (version is { } expected && expected != avatar.Version)
            throw Problems.VersionConflict.With($"Version {expected} was wanted, {avatar.Version} is there.");
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<string> models = await database.ReadAsync(db => db.ListAsync<string>("SELECT id FROM models WHERE avatar_id = @Id", avatar), cancellationToken);
        await database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("DELETE FROM avatars WHERE id = @Id", avatar);
                await ClearActiveAsync(db, id, now);
                await db.AuditAsync(now, actor, "avatar.delete", subscriberId, id);
            },
            cancellationToken);

        // The rows are gone, so nothing can show it any more; what a power cut leaves here is a stray that the sweep takes.
        await files.EraseAsync(StoreKind.Sources, id, CancellationToken.None);
        await files.EraseAsync(StoreKind.Packages, id, CancellationToken.None);
        foreach (string model in models)
            await files.EraseAsync(StoreKind.Models, model, CancellationToken.None);
    }

    /// <summary>The folder of an avatar's package, brought to this node where another made it.</summary>
    public Task<string> PackageOfAsync(SubscriberAvatar avatar, CancellationToken cancellationToken) => files.BringAsync(StoreKind.Packages, avatar.Id, cancellationToken);

    /// <summary>Takes an avatar off whoever has it active.</summary>
    internal static Task ClearActiveAsync(StoreConnection db, string avatarId, DateTimeOffset now) => db.ExecuteAsync(
        "UPDATE subscribers SET active_avatar_id = NULL, version = version + 1, updated_at = @Now WHERE active_avatar_id = @Id",
        new { Now = now, Id = avatarId });

    /// <summary>Adds the row.</summary>
    internal static Task InsertAsync(StoreConnection db, SubscriberAvatar avatar) => db.ExecuteAsync(
        "INSERT INTO avatars (id, subscriber_id, name, kind, state, gallery, source_type, source_bytes, source_sha256, version, created_at, updated_at) "
        + "VALUES (@Id, @SubscriberId, @Name, @Kind, @State, @Gallery, @SourceType, @SourceBytes, @SourceSha256, @Version, @CreatedAt, @UpdatedAt)",
        new
        {
            avatar.Id, avatar.SubscriberId, avatar.Name, Kind = avatar.Kind.ToString(), State = avatar.State.ToString(), avatar.Gallery,
            avatar.SourceType, avatar.SourceBytes, avatar.SourceSha256, avatar.Version, avatar.CreatedAt, avatar.UpdatedAt,
        });

    /// <summary>One more avatar must fit the quota.</summary>
    /// <exception cref="ProblemException">It does not.</exception>
    internal static async Task RequireQuotaAsync(StoreConnection db, string subscriberId, int quota)
    {
        long there = await db.ScalarAsync<long>(
            "SELECT (SELECT COUNT(*) FROM avatars WHERE subscriber_id = @Id) + (SELECT COUNT(*) FROM uploads WHERE subscriber_id = @Id)",
            new { Id = subscriberId });
        if (there >= quota)
            throw Problems.QuotaExceeded.With($"The subscriber has {there} of {quota} avatars, uploads included. Delete one first (Api:MaxAvatarsPerSubscriber).");
    }

    /// <summary>A name for people.</summary>
    /// <exception cref="ProblemException">It is empty, too long or has control characters.</exception>
    internal static void CheckName(string name)
    {
        if (name.Trim().Length is 0 or > MaxNameLength || name.Any(char.IsControl))
            throw Problems.InvalidValue.With($"name must have 1 to {MaxNameLength} printable characters.");
    }
}
