using System.Globalization;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Erasure;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Gateway.Subscribers.Uploads;

namespace Avatar2D.Gateway.Subscribers;

/// <summary>
/// Keeps the store in order: follows what other nodes change, and every few minutes finishes what a crash has cut off and erases
/// what retention says.
/// </summary>
internal sealed class StoreKeeper(
    SubscriberDirectory directory, UploadService uploads, ErasureService erasures, JobQueue jobs, StoreDatabase database, StoreFiles files,
    GatewayOptions options, TimeProvider time, ILogger<StoreKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan CleanUpInterval = TimeSpan.FromMinutes(5);
    private readonly HashSet<string> _here = [];

    /// <summary>Removes the records of calls that ended before a time and says how many went; set by who writes records.</summary>
    public Func<DateTimeOffset, int> ExpireRecords { get; set; } = _ => 0;

    /// <summary>Cleans up once.</summary>
    public async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        await erasures.CompleteAsync(cancellationToken);
        await uploads.SweepAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        await jobs.ForgetAsync(now.AddDays(-options.Retention.JobDays), cancellationToken);
        await database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("DELETE FROM idempotency WHERE created_at < @Before", new { Before = now.AddHours(-options.Retention.IdempotencyHours) });
                if (options.Retention.AuditDays > 0)
                    await db.ExecuteAsync("DELETE FROM audit WHERE at < @Before", new { Before = now.AddDays(-options.Retention.AuditDays) });
            },
            cancellationToken);
        if (options.Retention.SourceDays > 0)
            await EraseSourcesAsync(now, cancellationToken);
        if (options.Retention.CdrDays > 0 && ExpireRecords(now.AddDays(-options.Retention.CdrDays)) is > 0 and int records)
        {
            string count = records.ToString(CultureInfo.InvariantCulture);
            await database.WriteAsync(db => db.AuditAsync(now, Actor.Gateway, "cdr.expire", null, null, count), cancellationToken);
            JobLog.Retained(logger, $"{count} call detail records were removed");
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long cleaned = 0;
        try
        {
            while (true)
            {
                await OnceAsync(() => directory.FollowAsync(stoppingToken), reason => JobLog.FollowFailed(logger, reason), stoppingToken);
                await OnceAsync(() => BringAsync(stoppingToken), reason => JobLog.FollowFailed(logger, reason), stoppingToken);
                if (cleaned == 0 || time.GetElapsedTime(cleaned) >= CleanUpInterval)
                {
                    cleaned = time.GetTimestamp();
                    await OnceAsync(() => CleanUpAsync(stoppingToken), reason => JobLog.CleanUpFailed(logger, reason), stoppingToken);
                }

                await Task.Delay(TimeSpan.FromSeconds(options.Store.PollSeconds), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    // A call finds its package and its model on this node, whichever node made them.
    private async Task BringAsync(CancellationToken cancellationToken)
    {
        IEnumerable<(StoreKind, string)> all = [.. directory.PersonalModels.Select(id => (StoreKind.Models, id)), .. directory.Packages.Select(id => (StoreKind.Packages, id))];
        foreach ((StoreKind kind, string id) in all.Where(item => !_here.Contains(item.Item2)).ToArray())
        {
            if (Path.Exists(await files.BringAsync(kind, id, cancellationToken)))
                _here.Add(id);
        }
    }

    private static async Task OnceAsync(Func<Task> work, Action<string> failed, CancellationToken stop)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!stop.IsCancellationRequested) // Border of the loop: the next round tries again.
        {
            failed(exception.Message);
        }
    }

    private async Task EraseSourcesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<SubscriberAvatar> old = await database.ReadAsync(
            db => db.ListAsync<SubscriberAvatar>(
                "SELECT * FROM avatars WHERE state IN ('Ready', 'Rejected') AND source_sha256 IS NOT NULL AND source_erased_at IS NULL AND updated_at < @Before",
                new { Before = now.AddDays(-options.Retention.SourceDays) }),
            cancellationToken);
        foreach (SubscriberAvatar avatar in old)
        {
            await files.EraseAsync(StoreKind.Sources, avatar.Id, cancellationToken);
            await database.WriteAsync(
                async db =>
                {
                    await db.ExecuteAsync("UPDATE avatars SET source_erased_at = @Now WHERE id = @Id", new { Now = now, avatar.Id });
                    await db.AuditAsync(now, Actor.Gateway, "avatar.source.expire", avatar.SubscriberId, avatar.Id);
                },
                cancellationToken);
            JobLog.Retained(logger, $"the source of {avatar.Id} was erased");
        }
    }
}
