using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>
/// The database as the queue: a worker holds a job by a lease that it renews, so that a job whose worker died is taken by
/// another one. What a job brings about is written in one transaction with its end. Any thread, any node.
/// </summary>
internal sealed class JobQueue(StoreDatabase database, JobOptions options, TimeProvider time)
{
    /// <summary>Adds a job to the transaction of what it is for.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> EnqueueAsync(StoreConnection db, JobKind kind, SubscriberAvatar avatar, DateTimeOffset now)
    {
        string id = Ids.New("job", now);
        await db.ExecuteAsync(
            "INSERT INTO jobs (id, kind, subscriber_id, avatar_id, state, percent, step, attempts, cancel_requested, created_at) "
            + "VALUES (@Id, @Kind, @SubscriberId, @AvatarId, 'Queued', 0, 'waits', 0, @No, @Now)",
            new { Id = id, Kind = kind.ToString(), avatar.SubscriberId, AvatarId = avatar.Id, No = false, Now = now });
        return id;
    }

    /// <summary>Takes the oldest job that waits, or whose worker is gone.</summary>
    /// <param name="owner">Name of the worker.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<Job?> LeaseAsync(string owner, CancellationToken cancellationToken)
    {
        // To look is no write: each write wakes the workers, who would look again at once and for ever.
        if (await database.ReadAsync(NextAsync, cancellationToken) is null)
            return null;
        return await database.WriteAsync(db => TakeAsync(db, owner), cancellationToken);
    }

    /// <summary>Renews a worker's hold and notes how far it has come.</summary>
    public Task<LeaseState> RenewAsync(Job job, JobProgress progress, CancellationToken cancellationToken) => database.WriteAsync(
        async db =>
        {
            DateTimeOffset now = time.GetUtcNow();
            int held = await db.ExecuteAsync(
                "UPDATE jobs SET lease_until = @Until, percent = @Percent, step = @Step, expected_at = @ExpectedAt WHERE id = @Id AND state = 'Running' AND lease_owner = @LeaseOwner AND attempts = @Attempts",
                new { Until = now + options.Lease, Percent = (long)progress.Percent, progress.Step, progress.ExpectedAt, job.Id, job.LeaseOwner, job.Attempts });
            if (held == 0)
                return LeaseState.Lost;
            Job now2 = await db.FirstAsync<Job>("SELECT * FROM jobs WHERE id = @Id", job) ?? job;
            return now2.CancelRequested ? LeaseState.CancelRequested : LeaseState.Held;
        },
        cancellationToken);

    /// <summary>Adds a line to a job's log.</summary>
    public Task LogAsync(Job job, string text, CancellationToken cancellationToken) => database.WriteAsync(
        db => db.ExecuteAsync(
            "INSERT INTO job_lines (job_id, at, text) SELECT id, @At, @Text FROM jobs WHERE id = @Id", new { job.Id, At = time.GetUtcNow(), Text = text }),
        cancellationToken);

    /// <summary>Ends a job together with what it brings about; nothing is written when the worker has lost it.</summary>
    /// <param name="job">As leased.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="failure">Why it did not succeed.</param>
    /// <param name="result">What came of it, as JSON.</param>
    /// <param name="effects">Written in the same transaction.</param>
    /// <returns>False when the job was lost.</returns>
    public Task<bool> FinishAsync(Job job, JobState state, string? failure, string? result, Func<StoreConnection, DateTimeOffset, Task> effects) =>
        database.WriteAsync(
            async db =>
            {
                DateTimeOffset now = time.GetUtcNow();
                if (!await CloseAsync(db, job, state.ToString(), failure, result, now))
                    return false;
                await effects(db, now);
                await db.AuditAsync(now, Actor.Gateway, $"job.{state.ToString().ToLowerInvariant()}", job.SubscriberId, job.AvatarId, job.Id);
                return true;
            },
            CancellationToken.None);

    /// <summary>Gives a job back untouched (the worker stops); it does not count as an attempt.</summary>
    public Task ReturnAsync(Job job) => database.WriteAsync(
        db => db.ExecuteAsync(
            "UPDATE jobs SET state = 'Queued', lease_owner = NULL, lease_until = NULL, attempts = attempts - 1, percent = 0, step = 'waits' "
            + "WHERE id = @Id AND state = 'Running' AND lease_owner = @LeaseOwner AND attempts = @Attempts",
            job),
        CancellationToken.None);

    /// <summary>False when a job is over or gone.</summary>
    public async Task<bool> IsOpenAsync(string id) =>
        await database.ReadAsync(db => db.FirstAsync<Job>("SELECT * FROM jobs WHERE id = @Id", new { Id = id }), CancellationToken.None) is { IsOver: false };

    /// <summary>Cancels a job: at once when it waits, else its worker is told.</summary>
    /// <exception cref="ProblemException">It is over.</exception>
    public Task<Job> CancelAsync(Job job, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async db =>
        {
            DateTimeOffset now = time.GetUtcNow();
            int waiting = await db.ExecuteAsync(
                "UPDATE jobs SET state = 'Cancelled', cancel_requested = @Yes, step = 'cancelled', finished_at = @Now WHERE id = @Id AND state = 'Queued'",
                new { Yes = true, Now = now, job.Id });
            int running = waiting > 0 ? 0 : await db.ExecuteAsync(
                "UPDATE jobs SET cancel_requested = @Yes WHERE id = @Id AND state = 'Running'", new { Yes = true, job.Id });
            if (waiting + running == 0)
                throw Problems.WrongState.With($"Job {job.Id} is over.");
            if (waiting > 0)
                await FailAvatarAsync(db, job, now);
            await db.AuditAsync(now, actor, "job.cancel", job.SubscriberId, job.AvatarId, job.Id);
            return await db.FirstAsync<Job>("SELECT * FROM jobs WHERE id = @Id", job) ?? job;
        },
        cancellationToken);

    /// <summary>A job.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<Job> GetAsync(string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => db.FirstAsync<Job>("SELECT * FROM jobs WHERE id = @Id", new { Id = id }), cancellationToken)
        ?? throw Problems.NotFound.With($"There is no job {id}.");

    /// <summary>Jobs, newest first.</summary>
    /// <param name="subscriberId">Only this subscriber's; null: all.</param>
    /// <param name="before">Id before which the page begins; null: from the newest.</param>
    /// <param name="limit">Length of the page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<Job>> ListAsync(string? subscriberId, string? before, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        db => db.ListAsync<Job>(
            "SELECT * FROM jobs WHERE 1 = 1 " + (before is null ? "" : "AND id < @Before ") + (subscriberId is null ? "" : "AND subscriber_id = @SubscriberId ")
            + "ORDER BY id DESC LIMIT @Limit",
            new { SubscriberId = subscriberId, Before = before, Limit = limit }),
        cancellationToken);

    /// <summary>A job's log, oldest first.</summary>
    public Task<IReadOnlyList<JobLine>> LinesAsync(string id, long after, CancellationToken cancellationToken) => database.ReadAsync(
        db => db.ListAsync<JobLine>("SELECT * FROM job_lines WHERE job_id = @Id AND seq > @After ORDER BY seq LIMIT 1000", new { Id = id, After = after }),
        cancellationToken);

    /// <summary>Removes jobs that ended before a time.</summary>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        db => db.ExecuteAsync("DELETE FROM jobs WHERE finished_at < @Before", new { Before = before }), cancellationToken);

    private Task<Job?> NextAsync(StoreConnection db) => db.FirstAsync<Job>(
        "SELECT * FROM jobs WHERE state = 'Queued' OR (state = 'Running' AND lease_until < @Now) ORDER BY created_at, id LIMIT 1", new { Now = time.GetUtcNow() });

    private async Task<Job?> TakeAsync(StoreConnection db, string owner)
    {
        while (await NextAsync(db) is { } job)
        {
            DateTimeOffset now = time.GetUtcNow();
            string? end = job.CancelRequested ? nameof(JobState.Cancelled) : job.Attempts >= options.MaxAttempts ? nameof(JobState.Failed) : null;
            if (end is not null)
            {
                await CloseAsync(db, job, end, $"It was begun {job.Attempts} times and never came to an end.", null, now);
                await FailAvatarAsync(db, job, now);
                continue;
            }

            int taken = await db.ExecuteAsync(
                "UPDATE jobs SET state = 'Running', lease_owner = @Owner, lease_until = @Until, attempts = attempts + 1, started_at = @Now, percent = 0, expected_at = NULL, step = 'begins' "
                + "WHERE id = @Id AND attempts = @Attempts AND state = @State",
                new { Owner = owner, Until = now + options.Lease, Now = now, job.Id, job.Attempts, State = job.State.ToString() });
            if (taken == 1)
                return job with { State = JobState.Running, LeaseOwner = owner, Attempts = job.Attempts + 1, StartedAt = now };
        }

        return null;
    }

    private static async Task<bool> CloseAsync(StoreConnection db, Job job, string state, string? failure, string? result, DateTimeOffset now) =>
        await db.ExecuteAsync(
            "UPDATE jobs SET state = @State, failure = @Failure, result = @Result, finished_at = @Now, lease_until = NULL, step = @Step, percent = @Percent "
            + "WHERE id = @Id AND state = @Before AND attempts = @Attempts",
            new
            {
                State = state, Failure = failure, Result = result, Now = now, Step = state.ToLowerInvariant(), job.Id, job.Attempts,
                Before = job.State.ToString(), Percent = state == nameof(JobState.Succeeded) ? 100L : job.Percent,
            }) == 1;

    // An avatar whose registration will not go on is no longer "processing"; a ready one stays as it is.
    private static async Task FailAvatarAsync(StoreConnection db, Job job, DateTimeOffset now)
    {
        if (job.Kind == JobKind.Personalize)
            await db.ExecuteAsync("UPDATE models SET state = 'Failed' WHERE job_id = @Id AND state = 'Training'", job);
        else
            await db.ExecuteAsync(
                "UPDATE avatars SET state = 'Failed', failure = 'The job did not come to its end.', version = version + 1, updated_at = @Now "
                + "WHERE id = @AvatarId AND state = 'Processing'",
                new { Now = now, job.AvatarId });
    }
}
