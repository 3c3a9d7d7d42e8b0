using System.Security.Cryptography;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers;

/// <summary>Consents: given, approved, withdrawn. Without an approved one no person's avatar becomes active.</summary>
internal sealed class ConsentService(StoreDatabase database, TimeProvider time)
{
    private const int MaxLength = 200;

    // Short words that sound unlike each other: four of 32 make a million phrases.
    private static readonly string[] Words =
    [
        "amber", "bridge", "copper", "dolphin", "engine", "forest", "garden", "harbour", "island", "jacket", "kettle", "lantern",
        "marble", "needle", "orange", "pepper", "quarter", "river", "silver", "timber", "umbrella", "velvet", "window", "yellow",
        "anchor", "button", "candle", "desert", "feather", "guitar", "hammer", "jungle",
    ];

    /// <summary>Records a consent to an avatar that shows a person. An operator's is in force at once, a subscriber's waits for one.</summary>
    /// <param name="subscriberId">Whose avatar.</param>
    /// <param name="avatarId">Which.</param>
    /// <param name="person">Full name of the person.</param>
    /// <param name="textVersion">Version of the text agreed to.</param>
    /// <param name="actor">Key that brings it.</param>
    /// <param name="mayApprove">The key may approve.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Consent> GiveAsync(
        string subscriberId, string avatarId, string person, string textVersion, Actor actor, bool mayApprove, CancellationToken cancellationToken)
    {
        if (person.Trim().Length is 0 or > MaxLength || textVersion.Trim().Length is 0 or > MaxLength)
            throw Problems.InvalidValue.With($"person and textVersion must have 1 to {MaxLength} characters.");
        DateTimeOffset now = time.GetUtcNow();
        return await database.WriteAsync(
            async db =>
            {
                SubscriberAvatar avatar = await db.FirstAsync<SubscriberAvatar>(
                    "SELECT * FROM avatars WHERE id = @Id AND subscriber_id = @SubscriberId", new { Id = avatarId, SubscriberId = subscriberId })
                    ?? throw Problems.NotFound.With($"Subscriber {subscriberId} has no avatar {avatarId}.");
                if (avatar.Kind == AvatarKind.Gallery)
                    throw Problems.WrongState.With("A gallery character is drawn; there is nobody who could consent.");
                var consent = new Consent
                {
                    Id = Ids.New("con", now),
                    SubscriberId = subscriberId,
                    AvatarId = avatarId,
                    Person = person.Trim(),
                    TextVersion = textVersion.Trim(),
                    ArtefactSha256 = avatar.SourceSha256,
                    Phrase = string.Join(' ', Enumerable.Range(0, 4).Select(_ => Words[RandomNumberGenerator.GetInt32(Words.Length)])),
                    State = mayApprove ? ConsentState.Approved : ConsentState.Pending,
                    GivenBy = actor.Name,
                    ApprovedBy = mayApprove ? actor.Name : null,
                    CreatedAt = now,
                    ApprovedAt = mayApprove ? now : null,
                };
                await db.ExecuteAsync(
                    "INSERT INTO consents (id, subscriber_id, avatar_id, person, text_version, artefact_sha256, phrase, state, given_by, approved_by, created_at, approved_at) "
                    + "VALUES (@Id, @SubscriberId, @AvatarId, @Person, @TextVersion, @ArtefactSha256, @Phrase, @State, @GivenBy, @ApprovedBy, @CreatedAt, @ApprovedAt)",
                    new
                    {
                        consent.Id, consent.SubscriberId, consent.AvatarId, consent.Person, consent.TextVersion, consent.ArtefactSha256, consent.Phrase,
                        State = consent.State.ToString(), consent.GivenBy, consent.ApprovedBy, consent.CreatedAt, consent.ApprovedAt,
                    });
                await db.AuditAsync(now, actor, mayApprove ? "consent.approve" : "consent.give", subscriberId, avatarId, consent.Id);
                return consent;
            },
            cancellationToken);
    }

    /// <summary>Puts a pending consent in force.</summary>
    /// <exception cref="ProblemException">There is none, or it is not pending.</exception>
    public Task<Consent> ApproveAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, [ConsentState.Pending], c => c with { State = ConsentState.Approved, ApprovedBy = actor.Name, ApprovedAt = time.GetUtcNow() }, actor, "consent.approve", cancellationToken);

    /// <summary>Takes a consent back: the avatar is no longer active anywhere, and no call goes on showing it.</summary>
    /// <exception cref="ProblemException">There is none, or it was withdrawn before.</exception>
    public Task<Consent> WithdrawAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, [ConsentState.Pending, ConsentState.Approved], c => c with { State = ConsentState.Withdrawn, WithdrawnAt = time.GetUtcNow() }, actor, "consent.withdraw", cancellationToken);

    /// <summary>A consent.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<Consent> GetAsync(string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => FindAsync(db, id), cancellationToken) ?? throw Missing(id);

    /// <summary>The consents to an avatar, oldest first.</summary>
    public Task<IReadOnlyList<Consent>> ListAsync(string subscriberId, string? avatarId, CancellationToken cancellationToken) => database.ReadAsync(
        db => db.ListAsync<Consent>(
            $"SELECT * FROM consents WHERE subscriber_id = @SubscriberId {(avatarId is null ? "" : "AND avatar_id = @AvatarId")} ORDER BY id",
            new { SubscriberId = subscriberId, AvatarId = avatarId }),
        cancellationToken);

    private static Task<Consent?> FindAsync(StoreConnection db, string id) =>
        db.FirstAsync<Consent>("SELECT * FROM consents WHERE id = @Id", new { Id = id });

    private static ProblemException Missing(string id) => Problems.NotFound.With($"There is no consent {id}.");

    private Task<Consent> ChangeAsync(
        string id, ConsentState[] from, Func<Consent, Consent> change, Actor actor, string action, CancellationToken cancellationToken) => database.WriteAsync(
        async db =>
        {
            Consent before = await FindAsync(db, id) ?? throw Missing(id);
            if (!from.Contains(before.State))
                throw Problems.WrongState.With($"Consent {id} is {before.State.ToString().ToLowerInvariant()}.");
            Consent after = change(before);
            await db.ExecuteAsync(
                "UPDATE consents SET state = @State, approved_by = @ApprovedBy, approved_at = @ApprovedAt, withdrawn_at = @WithdrawnAt WHERE id = @Id",
                new { State = after.State.ToString(), after.ApprovedBy, after.ApprovedAt, after.WithdrawnAt, after.Id });
            if (after.State == ConsentState.Withdrawn)
            {
                bool other = await db.ScalarAsync<long>("SELECT COUNT(*) FROM consents WHERE avatar_id = @AvatarId AND state = 'Approved'", after) > 0;
                if (!other)
                    await AvatarService.ClearActiveAsync(db, after.AvatarId, time.GetUtcNow());
            }

            await db.AuditAsync(time.GetUtcNow(), actor, action, after.SubscriberId, after.AvatarId, after.Id);
            return after;
        },
        cancellationToken);
}
