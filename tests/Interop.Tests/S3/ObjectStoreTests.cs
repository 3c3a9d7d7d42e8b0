using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Models;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Erasure;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Gateway.Subscribers.Uploads;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.S3;

/// <summary>The store of several nodes that share a database and an object store, and no folder.</summary>
public sealed class ObjectStoreTests
{
    private static readonly byte[] Clip = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8];

    [Fact]
    public async Task Store_UploadHereRegisteredThere_PackageIsEverywhereUntilErased()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using PostgresServer postgres = await PostgresServer.StartAsync();
        await using S3Server s3 = await S3Server.StartAsync();
        using var folder = new TempFolder();
        var shared = new StoreOptions { Provider = StoreProvider.Postgresql, ConnectionString = postgres.ConnectionString, MinFreeMegabytes = 0 };
        await using Node here = await Node.StartAsync(shared with { Folder = folder.File("a") }, s3.Options);
        await using Node there = await Node.StartAsync(shared with { Folder = folder.File("b") }, s3.Options);

        Subscriber ana = await here.Subscribers.CreateAsync(new SubscriberDraft { Name = "Ana", Identities = ["sip:ana@example.com"] }, Actor.Gateway, stop);
        UploadResult sent = await here.UploadAsync(ana.Id, stop);
        Assert.True(await there.WorkAsync(stop));
        SubscriberAvatar avatar = await here.Avatars.GetAsync(ana.Id, sent.Avatar!.Id, stop); // The upload is complete.
        Assert.Equal(AvatarState.Ready, avatar.State);
        Assert.Equal(Clip, await File.ReadAllBytesAsync(there.Files.PathOf(StoreKind.Sources, avatar.Id), stop)); // What the worker saw.

        string package = await here.Avatars.PackageOfAsync(avatar, stop);
        Assert.StartsWith(folder.File("a"), package, StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(package, "manifest.json"), stop));
        Assert.Equal("deep", await File.ReadAllTextAsync(Path.Combine(package, "parts", "part"), stop));

        ErasureReceipt receipt = await new ErasureService(here.Database, here.Files, TimeProvider.System).EraseAsync(ana.Id, null, Actor.Gateway, stop);
        Assert.Equal(5, receipt.Files); // Source and the two files of the package here, two objects.
        Assert.Empty(await s3.ListAsync(stop));
        await there.Uploads.SweepAsync(stop);
        Assert.False(Path.Exists(there.Files.PathOf(StoreKind.Sources, avatar.Id)) || Path.Exists(there.Files.PathOf(StoreKind.Packages, avatar.Id)));
    }

    [Fact]
    public async Task ObjectStoreAway_NothingIsLost()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using S3Server s3 = await S3Server.StartAsync();
        using var folder = new TempFolder();
        await using Node node = await Node.StartAsync(new StoreOptions { Folder = folder.File("store"), MinFreeMegabytes = 0 }, s3.Options);
        Subscriber ana = await node.Subscribers.CreateAsync(new SubscriberDraft { Name = "Ana", Identities = ["sip:ana@example.com"] }, Actor.Gateway, stop);

        s3.Stop();
        ObjectStoreException away = await Assert.ThrowsAsync<ObjectStoreException>(() => node.UploadAsync(ana.Id, stop));
        Assert.Contains("section ObjectStore", away.Message, StringComparison.Ordinal);
        Assert.Empty(await node.Avatars.ListAsync(ana.Id, null, 10, stop));
        await s3.ResumeAsync();
        await node.Uploads.SweepAsync(stop); // As the clean-up does every few minutes.
        SubscriberAvatar avatar = Assert.Single(await node.Avatars.ListAsync(ana.Id, null, 10, stop));

        // The work is another node's: its source has to be brought, and cannot be.
        s3.Stop();
        await using Node other = await Node.StartAsync(new StoreOptions { Folder = folder.File("store"), MinFreeMegabytes = 0 }, s3.Options);
        File.Delete(node.Files.PathOf(StoreKind.Sources, avatar.Id));
        Assert.False(await other.WorkAsync(stop));
        await s3.ResumeAsync();
        Assert.True(await other.WorkAsync(stop));
        Assert.Equal(AvatarState.Ready, (await node.Avatars.GetAsync(ana.Id, avatar.Id, stop)).State);
    }

    [Theory]
    [InlineData("no-such-bucket", "S3RVER")]
    [InlineData("avatars", "wrong key")]
    public async Task Check_WrongSettings_SayWhatIsWrong(string bucket, string key)
    {
        await using S3Server s3 = await S3Server.StartAsync();
        using var store = new S3ObjectStore(s3.Options with { Bucket = bucket, AccessKeyId = key });
        ObjectStoreException wrong = await Assert.ThrowsAsync<ObjectStoreException>(() => store.CheckAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"bucket {bucket}", wrong.Message, StringComparison.Ordinal);
    }

    private sealed class Node(StoreOptions store, StoreDatabase database, S3ObjectStore objects) : IAsyncDisposable
    {
        private readonly GatewayOptions _options = new() { Store = store };

        public StoreDatabase Database { get; } = database;

        public StoreFiles Files { get; } = new(store, objects);

        public SubscriberService Subscribers { get; } = new(database, TimeProvider.System);

        public AvatarService Avatars => new(Database, Files, _options, TimeProvider.System);

        public UploadService Uploads => new(Database, Files, _options, TimeProvider.System);

        public static async Task<Node> StartAsync(StoreOptions store, ObjectStoreOptions objects) =>
            new(store, await StoreDatabase.OpenAsync(store, TestContext.Current.CancellationToken), new S3ObjectStore(objects));

        public async Task<UploadResult> UploadAsync(string subscriber, CancellationToken stop)
        {
            Upload upload = await Uploads.BeginAsync(subscriber, new UploadDraft { Name = "clip", SizeBytes = Clip.Length }, Actor.Gateway, stop);
            return await Uploads.AppendAsync(upload.Id, 0, new MemoryStream(Clip), Actor.Gateway, stop);
        }

        /// <summary>One job of the queue, if there is one that can be worked on.</summary>
        public async Task<bool> WorkAsync(CancellationToken stop)
        {
            var queue = new JobQueue(Database, _options.Jobs, TimeProvider.System);
            var models = new RobustModels(_options.Engine);
            var personalizer = new WorkerPersonalizer(new SourceWorker(_options, TimeProvider.System), models, _options, TimeProvider.System);
            using var worker = new JobWorker(queue, Files, Database, new Registrar(), personalizer, models, _options, TimeProvider.System, NullLogger<JobWorker>.Instance);
            return await worker.RunOneAsync("test", stop);
        }

        public ValueTask DisposeAsync()
        {
            objects.Dispose();
            return Database.DisposeAsync();
        }
    }

    /// <summary>Makes a package of anything that is there.</summary>
    private sealed class Registrar : IAvatarRegistrar
    {
        public async Task<RegistrationOutcome> RegisterAsync(
            string source, AvatarKind kind, string avatarId, string packageFolder, IProgress<JobProgress> progress, CancellationToken cancellationToken)
        {
            Directory.CreateDirectory(Path.Combine(packageFolder, "parts"));
            await File.WriteAllTextAsync(Path.Combine(packageFolder, "manifest.json"), "{}", cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(packageFolder, "parts", "part"), "deep", cancellationToken);
            return new RegistrationOutcome([new Verdict("decodable", true, "It was decoded.")], File.Exists(source));
        }
    }
}
