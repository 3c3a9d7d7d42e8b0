using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers.Keys;

/// <summary>The API's keys: operators' keys with scopes, and tokens of single subscribers. Any thread.</summary>
internal sealed class KeyRing(StoreDatabase database, TimeProvider time)
{
    private const string Prefix = "a2d_";
    private const int SecretBytes = 32; // 256 bits: no guessing, so a plain hash is enough.

    /// <summary>Makes a key.</summary>
    /// <param name="name">Name for people.</param>
    /// <param name="scopes">Scopes, or names of roles.</param>
    /// <param name="subscriberId">The only subscriber that it may touch; null for an operator's key.</param>
    /// <param name="validFor">Null: no end.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The key and its secret, which is not kept and cannot be shown again.</returns>
    /// <exception cref="ProblemException">A scope is unknown, the name is empty, the subscriber does not exist.</exception>
    public async Task<(ApiKey Key, string Secret)> CreateAsync(
        string name, IReadOnlyList<string> scopes, string? subscriberId, TimeSpan? validFor, Actor actor, CancellationToken cancellationToken)
    {
        AvatarService.CheckName(name);
        string[] all = [.. scopes.SelectMany(s => KeyScopes.Roles.TryGetValue(s, out IReadOnlyList<string>? role) ? role : [s]).Distinct()];
        if (all.Length == 0 || all.Except(KeyScopes.All).FirstOrDefault() is not null)
            throw Problems.InvalidValue.With($"scopes must be of: {string.Join(", ", KeyScopes.All)}, or a role: {string.Join(", ", KeyScopes.Roles.Keys)}.");
        if (subscriberId is not null && all.Except(KeyScopes.Self).Any())
            throw Problems.InvalidValue.With($"A subscriber's token may have {string.Join(", ", KeyScopes.Self)} and nothing else.");
        if (validFor is { } span && span <= TimeSpan.Zero)
            throw Problems.InvalidValue.With("A key must be valid for some time.");
        (ApiKey key, string secret) = New(name.Trim(), all, subscriberId, validFor);
        await database.WriteAsync(
            async db =>
            {
                if (subscriberId is not null && await SubscriberService.FindAsync(db, subscriberId) is null)
                    throw SubscriberService.Missing(subscriberId);
                await AddAsync(db, key, secret, actor);
            },
            cancellationToken);
        return (key, secret);
    }

    /// <summary>The first key of an empty store: of nodes that start together, one makes it.</summary>
    /// <returns>Its secret, to be shown once; null when there has been an operator's key before.</returns>
    public Task<string?> EnsureFirstAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async db =>
        {
            if (await db.ScalarAsync<long>("SELECT COUNT(*) FROM api_keys WHERE subscriber_id IS NULL") > 0)
                return null;
            (ApiKey key, string secret) = New("first operator key", KeyScopes.Roles["admin"], null, null);
            await AddAsync(db, key, secret, Actor.Gateway);
            return secret;
        },
        cancellationToken);

    /// <summary>The valid key that a secret belongs to; null for all others.</summary>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 100)
            return null;
        ApiKey? key = await database.ReadAsync(
            db => db.FirstAsync<ApiKey>("SELECT * FROM api_keys WHERE hash = @Hash", new { Hash = HashOf(secret) }), cancellationToken);
        return key is { RevokedAt: null } && !(key.ExpiresAt <= time.GetUtcNow()) ? key : null;
    }

    /// <summary>All keys, newest first.</summary>
    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.ListAsync<ApiKey>("SELECT * FROM api_keys ORDER BY id DESC"), cancellationToken);

    /// <summary>Makes a key worthless from now on.</summary>
    /// <exception cref="ProblemException">There is none, or it is the last that can make keys.</exception>
    public Task RevokeAsync(string id, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async db =>
        {
            DateTimeOffset now = time.GetUtcNow();
            ApiKey key = await db.FirstAsync<ApiKey>("SELECT * FROM api_keys WHERE id = @Id", new { Id = id }) ?? throw Problems.NotFound.With($"There is no key {id}.");
            if (key.RevokedAt is not null)
                return;
            IReadOnlyList<ApiKey> others = await db.ListAsync<ApiKey>(
                "SELECT * FROM api_keys WHERE id <> @Id AND revoked_at IS NULL AND subscriber_id IS NULL AND (expires_at IS NULL OR expires_at > @Now)",
                new { Id = id, Now = now });
            if (Makes(key) && !others.Any(Makes))
                throw Problems.WrongState.With("This is the last key that can make keys. Make another one first.");
            await db.ExecuteAsync("UPDATE api_keys SET revoked_at = @Now WHERE id = @Id", new { Id = id, Now = now });
            await db.AuditAsync(now, actor, "key.revoke", key.SubscriberId, id);
        },
        cancellationToken);

    private (ApiKey Key, string Secret) New(string name, IReadOnlyList<string> scopes, string? subscriberId, TimeSpan? validFor)
    {
        DateTimeOffset now = time.GetUtcNow();
        var key = new ApiKey
        {
            Id = Ids.New("key", now), Name = name, Scopes = string.Join(' ', scopes), SubscriberId = subscriberId, CreatedAt = now, ExpiresAt = now + validFor,
        };
        return (key, Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));
    }

    private static async Task AddAsync(StoreConnection db, ApiKey key, string secret, Actor actor)
    {
        await db.ExecuteAsync(
            "INSERT INTO api_keys (id, name, hash, scopes, subscriber_id, created_at, expires_at) VALUES (@Id, @Name, @Hash, @Scopes, @SubscriberId, @CreatedAt, @ExpiresAt)",
            new { key.Id, key.Name, Hash = HashOf(secret), key.Scopes, key.SubscriberId, key.CreatedAt, key.ExpiresAt });
        await db.AuditAsync(key.CreatedAt, actor, "key.create", key.SubscriberId, key.Id, key.Scopes);
    }

    private static bool Makes(ApiKey key) => key.Scopes.Split(' ').Contains(KeyScopes.KeysWrite);

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
