using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>The queue on a real database and a clock of the test.</summary>
public sealed class JobQueueTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero));
    private readonly JobOptions _options = new() { LeaseSeconds = 60, MaxAttempts = 2 };
    private TestStore _store = null!; // Set by InitializeAsync.
    private StoreDatabase _database = null!; // Set by InitializeAsync.
    private JobQueue _queue = null!; // Set by InitializeAsync.
    private SubscriberAvatar _avatar = null!; // Set by InitializeAsync.

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        _database = await StoreDatabase.OpenAsync(_store.Options, CancellationToken.None);
        _queue = new JobQueue(_database, _options, _time);
        Subscriber owner = await new SubscriberService(_database, _time).CreateAsync(
            new SubscriberDraft { Name = "Ana", Identities = ["tel:+1"] }, Actor.Gateway, CancellationToken.None);
        _avatar = new SubscriberAvatar
        {
            Id = "av_1", SubscriberId = owner.Id, Name = "a", Kind = AvatarKind.Video, State = AvatarState.Processing, Version = 1, CreatedAt = _time.GetUtcNow(),
            UpdatedAt = _time.GetUtcNow(),
        };
        await _database.WriteAsync(db => AvatarService.InsertAsync(db, _avatar), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Lease_NothingWaits_WritesNothing()
    {
        int writes = 0;
        _database.AfterWrite = () =>
        {
            writes++;
            return Task.CompletedTask;
        };
        Assert.Null(await _queue.LeaseAsync("a", CancellationToken.None));
        Assert.Equal(0, writes); // Each write wakes the workers: one that only looks must not.
        await EnqueueAsync();
        Assert.NotNull(await _queue.LeaseAsync("a", CancellationToken.None));
        Assert.Null(await _queue.LeaseAsync("b", CancellationToken.None)); // It is held.
        Assert.Equal(2, writes);
    }

    [Fact]
    public async Task Lease_TwoWorkers_EachJobOnceOldestFirst()
    {
        string first = await EnqueueAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        string second = await EnqueueAsync();

        Assert.Equal(first, (await LeaseAsync("a"))!.Id);
        Assert.Equal(second, (await LeaseAsync("b"))!.Id);
        Assert.Null(await LeaseAsync("a"));
    }

    [Fact]
    public async Task Lease_WorkerDied_AnotherTakesItAndTheDeadOneWritesNothing()
    {
        await EnqueueAsync();
        Job dead = (await LeaseAsync("a"))!;
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(await LeaseAsync("b"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Job taken = (await LeaseAsync("b"))!;

        Assert.Equal((dead.Id, 2), (taken.Id, taken.Attempts));
        Assert.Equal(LeaseState.Lost, await _queue.RenewAsync(dead, new JobProgress(50, "x"), CancellationToken.None));
        Assert.False(await _queue.FinishAsync(dead, JobState.Succeeded, null, null, (_, _) => throw new InvalidOperationException("written by the dead")));
        Assert.True(await _queue.FinishAsync(taken, JobState.Succeeded, null, null, (_, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task Renew_InTime_NobodyElseGetsIt()
    {
        await EnqueueAsync();
        Job job = (await LeaseAsync("a"))!;
        for (int i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            Assert.Equal(LeaseState.Held, await _queue.RenewAsync(job, new JobProgress(10 * i, "x"), CancellationToken.None));
            Assert.Null(await LeaseAsync("b"));
        }

        Job seen = await _queue.GetAsync(job.Id, CancellationToken.None);
        Assert.Equal(40, seen.Percent);
        Assert.Equal(TimeSpan.FromSeconds(375), seen.RemainingAt(_time.GetUtcNow())); // 250 s for 40 %, so 375 s for 60 %.
    }

    [Fact]
    public async Task Lease_BegunTooOften_FailedWithItsAvatar()
    {
        string id = await EnqueueAsync();
        for (int i = 0; i < _options.MaxAttempts; i++)
        {
            Assert.NotNull(await LeaseAsync("a"));
            _time.Advance(TimeSpan.FromSeconds(61));
        }

        Assert.Null(await LeaseAsync("a"));
        Assert.Equal(JobState.Failed, (await _queue.GetAsync(id, CancellationToken.None)).State);
        string? state = await _database.ReadAsync(db => db.ScalarAsync<string>("SELECT state FROM avatars"), CancellationToken.None);
        Assert.Equal("Failed", state);
    }

    [Fact]
    public async Task Finish_EffectFails_JobIsStillRunning()
    {
        await EnqueueAsync();
        Job job = (await LeaseAsync("a"))!;
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _queue.FinishAsync(job, JobState.Succeeded, null, null, (_, _) => throw new InvalidOperationException("the disk")));

        Assert.Equal(JobState.Running, (await _queue.GetAsync(job.Id, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Return_WorkerStops_DoesNotCountAsAttempt()
    {
        await EnqueueAsync();
        await _queue.ReturnAsync((await LeaseAsync("a"))!);

        Assert.Equal(1, (await LeaseAsync("b"))!.Attempts);
    }

    private Task<Job?> LeaseAsync(string owner) => _queue.LeaseAsync(owner, CancellationToken.None);

    private Task<string> EnqueueAsync() => _database.WriteAsync(
        db => JobQueue.EnqueueAsync(db, JobKind.Register, _avatar, _time.GetUtcNow()), CancellationToken.None);
}
