using System.Text.Json;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Models;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>Works on jobs of the queue, each in a process of its own, so many at one time as the settings say.</summary>
internal sealed class JobWorker(
    JobQueue queue, StoreFiles files, StoreDatabase database, IAvatarRegistrar registrar, IPersonalizer personalizer, RobustModels models, GatewayOptions options, TimeProvider time,
    ILogger<JobWorker> logger) : BackgroundService
{
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>There may be a job now.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    /// <summary>Takes one job and works on it to its end.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RunOneAsync(string owner, CancellationToken cancellationToken)
    {
        Job? job = await queue.LeaseAsync(owner, cancellationToken);
        if (job is null)
            return false;
        JobLog.Begins(logger, job.Id, job.Kind.ToString(), job.Attempts);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hold = new JobHold(queue, job, options.Jobs, time, stop);
        Task holding = hold.RunAsync();
        bool goesOn = false; // Here or elsewhere: then its scratch stays.
        try
        {
            await WorkAsync(job, hold, stop.Token);
        }
        catch (OperationCanceledException) when (hold.State == LeaseState.CancelRequested)
        {
            await AbortAsync(job, JobState.Cancelled, "It was cancelled.");
        }
        catch (OperationCanceledException) when (hold.State == LeaseState.Lost)
        {
            JobLog.Lost(logger, job.Id);
            goesOn = await queue.IsOpenAsync(job.Id);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            goesOn = true;
            await queue.ReturnAsync(job);
        }
        catch (ObjectStoreException away) // Another time: the job is not to blame.
        {
            goesOn = true;
            JobLog.QueueFailed(logger, away.Message);
            await Task.Delay(TimeSpan.FromSeconds(options.Store.PollSeconds), time, cancellationToken);
            await queue.ReturnAsync(job);
            return false;
        }
        catch (Exception exception) // Border of a job: it must not end the worker.
        {
            JobLog.Failed(logger, job.Id, exception);
            string reason = exception is RegistrationException || StoreFiles.IsDiskFull(exception) ? exception.Message : "Something broke on our side; the log says what.";
            await AbortAsync(job, JobState.Failed, reason);
        }
        finally
        {
            await stop.CancelAsync();
            await holding;
            if (!goesOn)
                StoreFiles.Erase(files.WorkPath(job.Id));
        }

        return true;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Jobs.Workers).Select(i => LoopAsync($"{Environment.MachineName}:{Environment.ProcessId}:{i}", stoppingToken)));

    private async Task LoopAsync(string owner, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                bool worked = false;
                try
                {
                    worked = await RunOneAsync(owner, stop);
                }
                catch (Exception exception) when (exception is not OperationCanceledException) // The store is away: later.
                {
                    JobLog.QueueFailed(logger, exception.Message);
                }

                if (!worked)
                    await Task.WhenAny(_wake.WaitAsync(stop), Task.Delay(TimeSpan.FromSeconds(options.Store.PollSeconds), time, stop)).Unwrap();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private Task WorkAsync(Job job, JobHold hold, CancellationToken cancellationToken) => job.Kind switch
    {
        JobKind.Register => RegisterAsync(job, hold, cancellationToken),
        _ => PersonalizeAsync(job, hold, cancellationToken),
    };

    private async Task RegisterAsync(Job job, JobHold hold, CancellationToken cancellationToken)
    {
        SubscriberAvatar avatar = await database.ReadAsync(
            db => db.FirstAsync<SubscriberAvatar>("SELECT * FROM avatars WHERE id = @AvatarId", job), cancellationToken)
            ?? throw new RegistrationException("The avatar was deleted.");
        string made = Path.Combine(files.Work(job.Id), avatar.Id);
        RegistrationOutcome outcome = await registrar.RegisterAsync(
            await files.BringAsync(StoreKind.Sources, avatar.Id, cancellationToken), avatar.Kind, avatar.Id, made, hold, cancellationToken);
        await LogAsync(job, outcome.Verdicts, cancellationToken);
        string verdicts = JsonSerializer.Serialize(outcome.Verdicts, StoreJson.Options);
        if (!outcome.HasPackage)
        {
            string why = outcome.Verdicts.FirstOrDefault(v => !v.Passed)?.Message ?? "No package was made.";
            await FinishAsync(job, JobState.Rejected, AvatarState.Rejected, why, verdicts);
            return;
        }

        await files.PublishAsync(made, StoreKind.Packages, avatar.Id, null, cancellationToken); // Before the row says ready: a crash in between does it again.
        await FinishAsync(job, JobState.Succeeded, AvatarState.Ready, null, verdicts);
    }

    private async Task PersonalizeAsync(Job job, JobHold hold, CancellationToken cancellationToken)
    {
        PersonalModel model = await database.ReadAsync(
            db => db.FirstAsync<PersonalModel>("SELECT * FROM models WHERE job_id = @Id", job), cancellationToken)
            ?? throw new RegistrationException("The avatar was deleted.");
        PersonalizationOutcome outcome = await personalizer.PersonalizeAsync(
            await files.BringAsync(StoreKind.Sources, job.AvatarId, cancellationToken), job.AvatarId, model.Base, model.Id, files.Work(job.Id, goesOn: true), hold, cancellationToken);
        await LogAsync(job, outcome.Verdicts, cancellationToken);
        string verdicts = JsonSerializer.Serialize(outcome.Verdicts, StoreJson.Options);
        if (outcome.ModelFolder is not { } made)
        {
            await FinishAsync(job, JobState.Rejected, ModelState.Rejected, outcome.Verdicts.FirstOrDefault(v => !v.Passed)?.Message, verdicts, outcome.Metrics);
            return;
        }

        await files.PublishAsync(made, StoreKind.Models, model.Id, null, cancellationToken); // Before the row says ready: a crash in between does it again.
        await FinishAsync(job, JobState.Succeeded, ModelState.Ready, null, verdicts, outcome.Metrics);
    }

    private async Task LogAsync(Job job, IReadOnlyList<Verdict> verdicts, CancellationToken cancellationToken)
    {
        foreach (Verdict verdict in verdicts)
            await queue.LogAsync(job, $"{(verdict.Passed ? "passed" : "FAILED")}: {verdict.Code}: {verdict.Message}", cancellationToken);
    }

    /// <summary>Ends a job that came to nothing through no fault of the source.</summary>
    private Task AbortAsync(Job job, JobState state, string failure) => job.Kind == JobKind.Register
        ? FinishAsync(job, state, AvatarState.Failed, failure, null) : FinishAsync(job, state, ModelState.Failed, failure, null, null);

    /// <summary>A model that is ready speaks from the next call on: both are said in one transaction.</summary>
    private Task FinishAsync(Job job, JobState state, ModelState model, string? failure, string? verdicts, string? metrics) => FinishAsync(
        job, state, failure, verdicts,
        async (db, now) =>
        {
            await db.ExecuteAsync("UPDATE models SET state = @State, metrics = @Metrics WHERE job_id = @Id", new { State = model.ToString(), Metrics = metrics, job.Id });
            if (model == ModelState.Ready && await db.FirstAsync<string>("SELECT id FROM models WHERE job_id = @Id", job) is { } name)
                await ModelService.SetAsync(db, job.AvatarId, name, now);
        });

    /// <summary>The avatar keeps the robust model of this day, whatever is installed later.</summary>
    private Task FinishAsync(Job job, JobState state, AvatarState avatar, string? failure, string? verdicts) => FinishAsync(
        job, state, failure, verdicts,
        (db, now) => db.ExecuteAsync(
            "UPDATE avatars SET state = @State, verdicts = @Verdicts, failure = @Failure, model = COALESCE(model, @Model), version = version + 1, updated_at = @Now WHERE id = @AvatarId",
            new { State = avatar.ToString(), Verdicts = verdicts, Failure = failure, Model = models.Current(), Now = now, job.AvatarId }));

    private async Task FinishAsync(Job job, JobState state, string? failure, string? verdicts, Func<StoreConnection, DateTimeOffset, Task> effects)
    {
        bool held = await queue.FinishAsync(job, state, failure, verdicts, effects);
        if (held)
            JobLog.Ended(logger, job.Id, state.ToString());
        else
            JobLog.Lost(logger, job.Id);
    }
}
