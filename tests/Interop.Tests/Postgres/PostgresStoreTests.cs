using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Erasure;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Gateway.Subscribers.Uploads;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Postgres;

/// <summary>Two nodes at once on PostgreSQL, through every table once.</summary>
public sealed class PostgresStoreTests
{
    private static readonly byte[] Clip = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8];

    [Fact]
    public async Task Store_TwoNodes_OneSubscriberFromUploadToErasure()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        using var folder = new TempFolder();
        var options = new GatewayOptions
        {
            Store = new StoreOptions
            {
                Provider = StoreProvider.Postgresql, ConnectionString = server.ConnectionString, Folder = folder.File("store"), MinFreeMegabytes = 0,
            },
        };
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using StoreDatabase one = await StoreDatabase.OpenAsync(options.Store, stop);
        await using StoreDatabase two = await StoreDatabase.OpenAsync(options.Store, stop); // Migrated already: opened as it is.
        TimeProvider time = TimeProvider.System;
        var files = new StoreFiles(options.Store);
        var directory = new SubscriberDirectory(two, options);
        await directory.LoadAsync(stop);
        var subscribers = new SubscriberService(one, time);
        Subscriber ana = await subscribers.CreateAsync(new SubscriberDraft { Name = "Ana", Identities = ["sip:ana@example.com", "+49301"] }, Actor.Gateway, stop);
        await Assert.ThrowsAsync<ProblemException>(
            () => subscribers.CreateAsync(new SubscriberDraft { Name = "Bo", Identities = ["tel:+49301"] }, Actor.Gateway, stop));
        await directory.FollowAsync(stop);
        Assert.Equal(1, directory.Count); // The other node has seen it.

        var jobs = new JobQueue(one, options.Jobs, time);
        var uploads = new UploadService(one, files, options, time);
        Upload upload = await uploads.BeginAsync(ana.Id, new UploadDraft { Name = "clip", SizeBytes = Clip.Length }, Actor.Gateway, stop);
        UploadResult sent = await uploads.AppendAsync(upload.Id, 0, new MemoryStream(Clip), Actor.Gateway, stop);
        var elsewhere = new JobQueue(two, options.Jobs, time);
        Job?[] leased = await Task.WhenAll(jobs.LeaseAsync("a", stop), elsewhere.LeaseAsync("b", stop));
        Job job = Assert.Single(leased.OfType<Job>()); // One of the nodes, never both.
        Assert.Equal(LeaseState.Held, await jobs.RenewAsync(job, new JobProgress(40, "works"), stop));
        Assert.True(await jobs.FinishAsync(job, JobState.Succeeded, null, "[]", (db, now) => db.ExecuteAsync(
            "UPDATE avatars SET state = 'Ready', updated_at = @Now WHERE id = @AvatarId", new { Now = now, job.AvatarId })));

        var consents = new ConsentService(one, time);
        string avatar = sent.Avatar!.Id;
        await Assert.ThrowsAsync<ProblemException>(
            () => subscribers.UpdateAsync(ana.Id, new SubscriberChange { ActiveAvatarId = avatar }, null, Actor.Gateway, stop));
        Consent consent = await consents.GiveAsync(ana.Id, avatar, "Ana Lima", "1", Actor.Gateway, mayApprove: true, stop);
        Assert.Equal(avatar, (await subscribers.UpdateAsync(ana.Id, new SubscriberChange { ActiveAvatarId = avatar }, ana.Version, Actor.Gateway, stop)).ActiveAvatarId);
        await consents.WithdrawAsync(consent.Id, Actor.Gateway, stop);
        Assert.Null((await subscribers.GetAsync(ana.Id, stop)).ActiveAvatarId);

        var keys = new KeyRing(one, time);
        string secret = (await keys.EnsureFirstAsync(stop))!; // The store was empty.
        Assert.NotNull(await new KeyRing(two, time).FindAsync(secret, stop));
        ErasureReceipt receipt = await new ErasureService(one, files, time).EraseAsync(ana.Id, null, Actor.Gateway, stop);
        Assert.Equal(1, receipt.Files);
        await directory.FollowAsync(stop);
        Assert.Equal(0, directory.Count);
        Assert.NotEmpty(await AuditLog.ListAsync(two, ana.Id, long.MaxValue, 10, stop));
    }
}
