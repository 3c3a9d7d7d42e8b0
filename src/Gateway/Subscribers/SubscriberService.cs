using Avatar2D.Gateway.Marking;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers;

/// <summary>Subscribers: made, found, changed. Any thread.</summary>
internal sealed class SubscriberService(StoreDatabase database, TimeProvider time)
{
    private const int MaxIdentities = 50;
    private const int MaxNameLength = 200;
    private const int MaxLabelLength = 24;

    /// <summary>Makes a subscriber.</summary>
    /// <exception cref="ProblemException">An identity is unusable or taken, a value is out of bounds.</exception>
    public async Task<Subscriber> CreateAsync(SubscriberDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var subscriber = new Subscriber
        {
            Id = Ids.New("sub", now),
            Name = CheckedName(draft.Name),
            Identities = Normalized(draft.Identities),
            VideoEnabled = draft.VideoEnabled,
            Label = CheckedLabel(draft.Label),
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    "INSERT INTO subscribers (id, name, video_enabled, label, version, created_at, updated_at) "
                    + "VALUES (@Id, @Name, @VideoEnabled, @Label, @Version, @CreatedAt, @UpdatedAt)",
                    subscriber);
                await WriteIdentitiesAsync(db, subscriber.Id, subscriber.Identities);
                await db.AuditAsync(now, actor, "subscriber.create", subscriber.Id, subscriber.Id);
            },
            cancellationToken);
        return subscriber;
    }

    /// <summary>A subscriber.</summary>
    /// <exception cref="ProblemException">There is none of this id.</exception>
    public async Task<Subscriber> GetAsync(string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => FindAsync(db, id), cancellationToken) ?? throw Missing(id);

    /// <summary>Subscribers in the order of their making.</summary>
    /// <param name="identity">Only the one with this identity, in any spelling; null: all.</param>
    /// <param name="after">Id after which the page begins; null: from the first.</param>
    /// <param name="limit">Length of the page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Subscriber>> ListAsync(string? identity, string? after, int limit, CancellationToken cancellationToken)
    {
        string? wanted = identity is null ? null : Normalized([identity])[0];
        return await database.ReadAsync(
            async db =>
            {
                IReadOnlyList<Subscriber> page = await db.ListAsync<Subscriber>(
                    "SELECT * FROM subscribers WHERE id > @After "
                    + (wanted is null ? "" : "AND id IN (SELECT subscriber_id FROM identities WHERE identity = @Wanted) ") + "ORDER BY id LIMIT @Limit",
                    new { After = after ?? "", Wanted = wanted, Limit = limit });
                if (page.Count == 0)
                    return page;
                IReadOnlyList<(string SubscriberId, string Identity)> identities = await db.ListAsync<(string, string)>(
                    "SELECT subscriber_id, identity FROM identities WHERE subscriber_id BETWEEN @First AND @Last ORDER BY position",
                    new { First = page[0].Id, Last = page[^1].Id });
                ILookup<string, string> byOwner = identities.ToLookup(row => row.SubscriberId, row => row.Identity);
                return [.. page.Select(s => s with { Identities = [.. byOwner[s.Id]] })];
            },
            cancellationToken);
    }

    /// <summary>Changes a subscriber.</summary>
    /// <param name="id">Which.</param>
    /// <param name="change">What.</param>
    /// <param name="version">The version that the change was made for; null: any.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProblemException">It is gone, was changed meanwhile, or the avatar may not be shown.</exception>
    public Task<Subscriber> UpdateAsync(string id, SubscriberChange change, long? version, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                Subscriber before = await FindAsync(db, id) ?? throw Missing(id);
                DateTimeOffset now = time.GetUtcNow();
                Subscriber after = before with
                {
                    Name = change.Name is null ? before.Name : CheckedName(change.Name),
                    Identities = change.Identities is null ? before.Identities : Normalized(change.Identities),
                    VideoEnabled = change.VideoEnabled ?? before.VideoEnabled,
                    Label = change.Label is null ? before.Label : CheckedLabel(change.Label),
                    ActiveAvatarId = change.ActiveAvatarId is null ? before.ActiveAvatarId : change.ActiveAvatarId.Length == 0 ? null : change.ActiveAvatarId,
                    Version = before.Version + 1,
                    UpdatedAt = now,
                };
                if (change.ActiveAvatarId is { Length: > 0 } avatar)
                    await RequireShowableAsync(db, id, avatar);
                int changed = await db.ExecuteAsync(
                    "UPDATE subscribers SET name = @Name, video_enabled = @VideoEnabled, label = @Label, active_avatar_id = @ActiveAvatarId, "
                    + "version = @Version, updated_at = @UpdatedAt WHERE id = @Id AND version = @Expected",
                    new
                    {
                        after.Name, after.VideoEnabled, after.Label, after.ActiveAvatarId, after.Version, after.UpdatedAt, after.Id,
                        Expected = version ?? before.Version,
                    });
                if (changed == 0)
                    throw Problems.VersionConflict.With($"Version {version} was wanted, {before.Version} is there. Read it again and repeat the change.");
                if (change.Identities is not null)
                {
                    await db.ExecuteAsync("DELETE FROM identities WHERE subscriber_id = @Id", new { Id = id });
                    await WriteIdentitiesAsync(db, id, after.Identities);
                }

                string fields = string.Join(", ", typeof(SubscriberChange).GetProperties().Where(p => p.GetValue(change) is not null).Select(p => p.Name));
                await db.AuditAsync(now, actor, "subscriber.update", id, change.ActiveAvatarId is null ? id : after.ActiveAvatarId, fields);
                return after;
            },
            cancellationToken);

    /// <summary>The problem of an unknown subscriber.</summary>
    public static ProblemException Missing(string id) => Problems.NotFound.With($"There is no subscriber {id}.");

    /// <summary>Finds a subscriber with its identities.</summary>
    internal static async Task<Subscriber?> FindAsync(StoreConnection db, string id)
    {
        Subscriber? subscriber = await db.FirstAsync<Subscriber>("SELECT * FROM subscribers WHERE id = @Id", new { Id = id });
        return subscriber is null ? null : subscriber with
        {
            Identities = await db.ListAsync<string>("SELECT identity FROM identities WHERE subscriber_id = @Id ORDER BY position", new { Id = id }),
        };
    }

    private static async Task RequireShowableAsync(StoreConnection db, string subscriberId, string avatarId)
    {
        SubscriberAvatar avatar = await db.FirstAsync<SubscriberAvatar>(
            "SELECT * FROM avatars WHERE id = @Id AND subscriber_id = @SubscriberId", new { Id = avatarId, SubscriberId = subscriberId })
            ?? throw Problems.NotFound.With($"The subscriber has no avatar {avatarId}.");
        if (avatar.State != AvatarState.Ready)
            throw Problems.AvatarNotReady.With($"Avatar {avatarId} is {avatar.State.ToString().ToLowerInvariant()}; only one that is ready can be shown.");
        if (avatar.Kind == AvatarKind.Gallery)
            return;
        bool consented = await db.ScalarAsync<long>(
            "SELECT COUNT(*) FROM consents WHERE avatar_id = @Id AND state = 'Approved' AND artefact_sha256 = @SourceSha256", avatar) > 0;
        if (!consented)
        {
            throw Problems.ConsentMissing.With(
                $"Nobody has consented that avatar {avatarId} is shown. POST /v1/subscribers/{subscriberId}/avatars/{avatarId}/consents first.");
        }
    }

    private static async Task WriteIdentitiesAsync(StoreConnection db, string id, IReadOnlyList<string> identities)
    {
        for (int i = 0; i < identities.Count; i++)
        {
            int added = await db.ExecuteAsync(
                "INSERT INTO identities (identity, subscriber_id, position) VALUES (@Identity, @Id, @Position) ON CONFLICT (identity) DO NOTHING",
                new { Identity = identities[i], Id = id, Position = (long)i });
            if (added == 0)
                throw Problems.IdentityTaken.With($"{identities[i]} belongs to another subscriber; an identity has one owner.");
        }
    }

    private static List<string> Normalized(IReadOnlyList<string> identities)
    {
        if (identities.Count is 0 or > MaxIdentities)
            throw Problems.InvalidIdentity.With($"A subscriber has 1 to {MaxIdentities} identities, not {identities.Count}.");
        var result = new List<string>();
        foreach (string text in identities)
        {
            if (!SubscriberIdentity.TryNormalize(text, out string? identity, out string? error))
                throw Problems.InvalidIdentity.With($"\"{text}\" {error}.");
            if (!result.Contains(identity))
                result.Add(identity);
        }

        return result;
    }

    private static string CheckedName(string name) => name.Trim().Length is >= 1 and <= MaxNameLength
        ? name.Trim() : throw Problems.InvalidValue.With($"name must have 1 to {MaxNameLength} characters.");

    private static string? CheckedLabel(string? label) => label is null || label.Length == 0
        ? null
        : label.Length <= MaxLabelLength && label.Any(char.IsLetter) && PictureLabel.CanWrite(label)
            ? label : throw Problems.InvalidValue.With($"label must be words of at most {MaxLabelLength} letters A to Z, digits, point, hyphen and blank.");
}
