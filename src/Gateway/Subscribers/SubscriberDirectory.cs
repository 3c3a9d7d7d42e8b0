using System.Collections.Concurrent;
using System.Collections.Immutable;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Subscribers;

/// <summary>
/// Who a caller is, answered from memory: no call waits for the database. The table follows the audit log, which tells of the
/// changes of this node and of all others. Any thread.
/// </summary>
internal sealed class SubscriberDirectory(StoreDatabase database, GatewayOptions options) : ICallerPictures, IDisposable
{
    /// <summary>Lines are looked at again so far back: transactions become visible in another order than they are numbered.</summary>
    private const int Overlap = 64;

    private readonly ConcurrentDictionary<string, CallerProfile> _byIdentity = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _identities = new();
    private readonly ConcurrentDictionary<string, string> _models = new(); // By avatar.
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _avatars = new(); // Those with a model, by subscriber.
    private readonly SemaphoreSlim _following = new(1, 1);
    private readonly HashSet<long> _seen = [];
    private long _last;

    /// <summary>Runs after each look for changes: what a call shows may no longer be allowed.</summary>
    public Action Followed { get; set; } = () => { };

    /// <summary>Runs for each avatar whose face model has changed, with the one before: what was prepared with it is of no use to new calls.</summary>
    public Action<string, string?> ModelChanged { get; set; } = (_, _) => { };

    /// <summary>Face model of a subscriber's avatar; null: that of its package, or of the settings.</summary>
    public string? ModelOf(string avatar) => _models.GetValueOrDefault(avatar);

    /// <summary>Models of persons that speak for some avatar.</summary>
    public IEnumerable<string> PersonalModels => _models.Values.Where(model => model.StartsWith("mod_", StringComparison.Ordinal));

    /// <summary>Subscribers that are known.</summary>
    public int Count => _identities.Count;

    /// <summary>Ids of all avatar packages that calls may want.</summary>
    public IEnumerable<string> Packages => _byIdentity.Values.SelectMany(profile => profile.Packages);

    /// <inheritdoc/>
    public void Dispose() => _following.Dispose();

    /// <summary>Reads all of it; once, before calls are taken.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _last = await database.ReadAsync(db => db.ScalarAsync<long?>("SELECT MAX(seq) FROM audit"), cancellationToken) ?? 0;
        IReadOnlyList<string> all = await database.ReadAsync(db => db.ListAsync<string>("SELECT id FROM subscribers"), cancellationToken);
        foreach (string id in all)
            await ReloadAsync(id, cancellationToken);
    }

    /// <summary>Takes over what has changed since the last time.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<AuditEntry> news = await database.ReadAsync(
                db => db.ListAsync<AuditEntry>("SELECT * FROM audit WHERE seq > @From ORDER BY seq", new { From = _last - Overlap }), cancellationToken);
            AuditEntry[] unseen = [.. news.Where(entry => _seen.Add(entry.Seq))];
            foreach (string id in unseen.Select(entry => entry.SubscriberId).OfType<string>().Distinct())
                await ReloadAsync(id, cancellationToken);

            _last = Math.Max(_last, news.Count == 0 ? 0 : news[^1].Seq);
            _seen.RemoveWhere(seq => seq <= _last - Overlap);
        }
        finally
        {
            _following.Release();
        }

        Followed();
    }

    /// <summary>True while a call may go on showing what it shows: the subscriber wants video, and an own avatar is still allowed.</summary>
    public bool MayShow(CallerPicture shown)
    {
        if (shown.SubscriberId is not { } id)
            return true;
        CallerProfile? profile = Find(id);
        return profile is null ? !shown.IsOwn : profile.VideoEnabled && (!shown.IsOwn || (shown.Avatar is { } avatar && profile.Showable.Contains(avatar)));
    }

    /// <inheritdoc/>
    public CallerPicture For(CallerIdentity caller)
    {
        if (caller.NamedBy(options.Avatar) is { } named)
            return new CallerPicture(named);

        // Only whom a trusted peer vouches for is somebody: From can be written by anybody.
        CallerProfile? profile = caller.Asserted is { } asserted ? Find(asserted) : null;
        if (profile is null)
            return new CallerPicture(options.Avatar.Default);
        if (!profile.VideoEnabled)
            return new CallerPicture(null, profile.SubscriberId);
        if (caller.IsWithheld)
            return new CallerPicture(options.Avatar.Default, profile.SubscriberId); // Neither the face nor the label, which may be a name.
        return new CallerPicture(profile.Avatar ?? options.Avatar.Default, profile.SubscriberId, IsOwn: profile.Avatar is not null, profile.Label);
    }

    private CallerProfile? Find(SipUri caller)
    {
        foreach (string identity in SubscriberIdentity.Of(caller))
        {
            if (_byIdentity.TryGetValue(identity, out CallerProfile? profile))
                return profile;
        }

        return null;
    }

    private CallerProfile? Find(string subscriberId) =>
        _identities.TryGetValue(subscriberId, out ImmutableArray<string> identities) && identities.Length > 0 ? _byIdentity.GetValueOrDefault(identities[0]) : null;

    private async Task ReloadAsync(string id, CancellationToken cancellationToken)
    {
        (Subscriber? subscriber, IReadOnlyList<SubscriberAvatar> showable) = await database.ReadAsync(
            async db => (await SubscriberService.FindAsync(db, id), await db.ListAsync<SubscriberAvatar>(
                "SELECT * FROM avatars a WHERE subscriber_id = @Id AND state = 'Ready' AND (kind = 'Gallery' OR EXISTS "
                + "(SELECT 1 FROM consents c WHERE c.avatar_id = a.id AND c.state = 'Approved' AND c.artefact_sha256 = a.source_sha256))",
                new { Id = id })),
            cancellationToken);
        SubscriberAvatar[] own = [.. showable.Where(a => a.Kind != AvatarKind.Gallery)];
        foreach (string gone in _avatars.GetValueOrDefault(id, []).Except(own.Select(a => a.Id)))
            NoteModel(gone, null);
        foreach (SubscriberAvatar avatar in own)
            NoteModel(avatar.Id, avatar.Model);
        _avatars[id] = [.. own.Select(a => a.Id)];
        ImmutableArray<string> before = _identities.GetValueOrDefault(id, []);
        if (subscriber is null)
        {
            _identities.TryRemove(id, out _);
            _avatars.TryRemove(id, out _);
            foreach (string identity in before)
                Forget(identity, id);
            return;
        }

        string? active = showable.FirstOrDefault(a => a.Id == subscriber.ActiveAvatarId)?.ShownAs;
        var profile = new CallerProfile(
            id, active, subscriber.VideoEnabled, subscriber.Label, showable.Select(a => a.ShownAs).ToHashSet(), [.. showable.Where(a => a.Gallery is null).Select(a => a.Id)]);
        _identities[id] = [.. subscriber.Identities];
        foreach (string identity in subscriber.Identities)
            _byIdentity[identity] = profile;
        foreach (string identity in before.Except(subscriber.Identities))
            Forget(identity, id);
    }

    private void NoteModel(string avatar, string? model)
    {
        string? before = _models.GetValueOrDefault(avatar);
        if (before == model)
            return;
        if (model is null)
            _models.TryRemove(avatar, out _);
        else
            _models[avatar] = model;
        ModelChanged(avatar, before);
    }

    // The identity may have gone to another subscriber meanwhile.
    private void Forget(string identity, string subscriberId)
    {
        if (_byIdentity.TryGetValue(identity, out CallerProfile? profile) && profile.SubscriberId == subscriberId)
            _byIdentity.TryRemove(new KeyValuePair<string, CallerProfile>(identity, profile));
    }
}
