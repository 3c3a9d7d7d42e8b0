using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers.Models;

/// <summary>
/// Which face model speaks for which avatar: an avatar keeps the robust model it was registered under until somebody migrates it, or a
/// personal model passes the gate; either way one row changes, and the way back is kept.
/// </summary>
internal sealed class ModelService(StoreDatabase database, RobustModels robust, TimeProvider time)
{
    /// <summary>Personal models in the order of their making.</summary>
    public Task<IReadOnlyList<PersonalModel>> ListAsync(string? subscriberId, CancellationToken cancellationToken) => database.ReadAsync(
        db => db.ListAsync<PersonalModel>(
            $"SELECT * FROM models {(subscriberId is null ? "" : "WHERE subscriber_id = @Id")} ORDER BY id", new { Id = subscriberId }),
        cancellationToken);

    /// <summary>A personal model.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<PersonalModel> GetAsync(string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => db.FirstAsync<PersonalModel>("SELECT * FROM models WHERE id = @Id", new { Id = id }), cancellationToken)
        ?? throw Problems.NotFound.With($"There is no model {id}.");

    /// <summary>Orders a personal model of the person in an avatar's video.</summary>
    /// <returns>Id of the job.</returns>
    /// <exception cref="ProblemException">It is no video, its source is gone, nobody has consented, or one is being made.</exception>
    public async Task<string> PersonalizeAsync(string subscriberId, string avatarId, Actor actor, CancellationToken cancellationToken)
    {
        string from = robust.Current() ?? throw Problems.WrongState.With("No robust model is installed to begin with (Engine:Folder, Engine:Model).");
        try
        {
            robust.WeightsOf(from);
        }
        catch (ModelException missing)
        {
            throw Problems.WrongState.With(missing.Message);
        }

        return await database.WriteAsync(
            async db =>
            {
                SubscriberAvatar avatar = await FindAsync(db, subscriberId, avatarId);
                if (avatar.Kind != AvatarKind.Video || avatar.State != AvatarState.Ready)
                    throw Problems.WrongState.With("A model of a person's own is made of a video avatar that is ready: at least 20 seconds of the talking face.");
                if (avatar.SourceErasedAt is not null)
                    throw Problems.WrongState.With("The video was erased by retention (Retention:SourceDays). Upload it again.");
                if (await db.ScalarAsync<long>(
                    "SELECT COUNT(*) FROM consents WHERE avatar_id = @Id AND state = 'Approved' AND artefact_sha256 = @Sha", new { avatar.Id, Sha = avatar.SourceSha256 }) == 0)
                {
                    throw Problems.ConsentMissing.With($"The person in avatar {avatarId} has not consented, or the consent is not approved.");
                }

                if (await db.ScalarAsync<long>("SELECT COUNT(*) FROM models WHERE avatar_id = @Id AND state = 'Training'", avatar) > 0)
                    throw Problems.WrongState.With("A model of this avatar is being made already.");
                DateTimeOffset now = time.GetUtcNow();
                string job = await JobQueue.EnqueueAsync(db, JobKind.Personalize, avatar, now);
                string model = Ids.New("mod", now);
                await db.ExecuteAsync(
                    "INSERT INTO models (id, subscriber_id, avatar_id, base, state, job_id, created_at) VALUES (@Id, @SubscriberId, @AvatarId, @Base, 'Training', @Job, @Now)",
                    new { Id = model, SubscriberId = subscriberId, AvatarId = avatarId, Base = from, Job = job, Now = now });
                await db.AuditAsync(now, actor, "avatar.personalize", subscriberId, avatarId, model);
                return job;
            },
            cancellationToken);
    }

    /// <summary>Gives an avatar another model, from the next call on.</summary>
    /// <exception cref="ProblemException">There is no such model for it.</exception>
    public Task<SubscriberAvatar> ActivateAsync(string subscriberId, string avatarId, string model, Actor actor, CancellationToken cancellationToken) => ChangeAsync(
        subscriberId, avatarId, actor, "avatar.model",
        async (db, avatar) =>
        {
            if (robust.Has(model))
                return model;
            PersonalModel personal = await db.FirstAsync<PersonalModel>("SELECT * FROM models WHERE id = @Model AND avatar_id = @Id", new { Model = model, avatar.Id })
                ?? throw Problems.NotFound.With($"Avatar {avatarId} has no model \"{model}\", and no robust model has that name; GET /v1/models lists them.");
            return personal.State == ModelState.Ready ? model
                : throw Problems.WrongState.With($"Model {model} is {personal.State.ToString().ToLowerInvariant()}: only one that has passed the gate can speak.");
        },
        cancellationToken);

    /// <summary>Gives an avatar the model back that it had before.</summary>
    /// <exception cref="ProblemException">It had none.</exception>
    public Task<SubscriberAvatar> RollBackAsync(string subscriberId, string avatarId, Actor actor, CancellationToken cancellationToken) => ChangeAsync(
        subscriberId, avatarId, actor, "avatar.model.rollback",
        (_, avatar) => Task.FromResult(avatar.ModelBefore ?? throw Problems.WrongState.With($"Avatar {avatarId} has had no other model.")), cancellationToken);

    /// <summary>The change of model in a row, for the transaction of whatever brings it about.</summary>
    internal static Task SetAsync(StoreConnection db, string avatarId, string model, DateTimeOffset now) => db.ExecuteAsync(
        "UPDATE avatars SET model_before = model, model = @Model, version = version + 1, updated_at = @Now WHERE id = @Id",
        new { Model = model, Now = now, Id = avatarId });

    private static async Task<SubscriberAvatar> FindAsync(StoreConnection db, string subscriberId, string avatarId) =>
        await db.FirstAsync<SubscriberAvatar>("SELECT * FROM avatars WHERE id = @Id AND subscriber_id = @SubscriberId", new { Id = avatarId, SubscriberId = subscriberId })
        ?? throw Problems.NotFound.With($"Subscriber {subscriberId} has no avatar {avatarId}.");

    private Task<SubscriberAvatar> ChangeAsync(
        string subscriberId, string avatarId, Actor actor, string action, Func<StoreConnection, SubscriberAvatar, Task<string>> choose, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                SubscriberAvatar avatar = await FindAsync(db, subscriberId, avatarId);
                if (avatar.Kind == AvatarKind.Gallery)
                    throw Problems.WrongState.With("A character of the gallery always speaks by the model of the settings.");
                string model = await choose(db, avatar);
                DateTimeOffset now = time.GetUtcNow();
                if (model != avatar.Model)
                {
                    await SetAsync(db, avatarId, model, now);
                    await db.AuditAsync(now, actor, action, subscriberId, avatarId, model);
                }

                return await FindAsync(db, subscriberId, avatarId);
            },
            cancellationToken);
}
