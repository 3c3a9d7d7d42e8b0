using System.Data.Common;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>A store as the first program wrote it (schema 1), with a row in every table that holds something, and what must be left of it.</summary>
internal static class FirstSchema
{
    /// <summary>Writes it into a store without tables.</summary>
    public static async Task WriteAsync(TestStore store)
    {
        await using DbConnection connection = await store.ConnectAsync();
        var db = new StoreConnection(connection, null, TestContext.Current.CancellationToken);
        await db.ExecuteAsync("CREATE TABLE schema_version (version BIGINT NOT NULL)");
        await db.ExecuteAsync("INSERT INTO schema_version (version) VALUES (1)");
        await db.ExecuteAsync(Tables.Replace("{serial}", store.Serial, StringComparison.Ordinal));
        await db.ExecuteAsync(Rows, new { No = false });
    }

    /// <summary>Opens it by this program and looks at all of it.</summary>
    public static async Task AssertMigratedAsync(GatewayOptions options)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using StoreDatabase database = await StoreDatabase.OpenAsync(options.Store, stop);
        var files = new StoreFiles(options.Store);
        TimeProvider time = TimeProvider.System;
        Subscriber ana = await new SubscriberService(database, time).GetAsync("sub_1", stop);
        Assert.Equal(("Ana", "av_1", false, "Ana's avatar", 7L), (ana.Name, ana.ActiveAvatarId, ana.VideoEnabled, ana.Label, ana.Version));
        Assert.Equal(["sip:ana@example.com", "tel:+49301"], ana.Identities);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), ana.CreatedAt);
        SubscriberAvatar avatar = await new AvatarService(database, files, options, time).GetAsync("sub_1", "av_1", stop);
        Assert.Equal((AvatarState.Ready, "sha", 99L, null, null), (avatar.State, avatar.SourceSha256, avatar.SourceBytes, avatar.Model, avatar.ModelBefore));
        var queue = new JobQueue(database, options.Jobs, time);
        Job done = await queue.GetAsync("job_1", stop);
        Assert.Equal((JobState.Succeeded, 100, null), (done.State, done.Percent, done.ExpectedAt));
        Assert.Equal("looked", Assert.Single(await queue.LinesAsync("job_1", 0, stop)).Text);
        Job next = (await queue.LeaseAsync("test", stop))!; // What waited is worked on.
        Assert.Equal(("job_2", 1), (next.Id, next.Attempts));
        Assert.Equal(LeaseState.Held, await queue.RenewAsync(next, new JobProgress(40, "works", time.GetUtcNow().AddMinutes(1)), stop));
        foreach ((string table, long rows) in ((string, long)[])[("uploads", 1), ("consents", 1), ("models", 1), ("api_keys", 1), ("audit", 1), ("idempotency", 1), ("erasures", 1)])
            Assert.Equal(rows, await database.ReadAsync(db => db.ScalarAsync<long>($"SELECT COUNT(*) FROM {table}"), stop));
        Assert.Equal("mod_1", await database.ReadAsync(db => db.FirstAsync<string>("SELECT id FROM models WHERE job_id IS NULL"), stop));
        var erased = await new Avatar2D.Gateway.Subscribers.Erasure.ErasureService(database, files, time).GetAsync("era_1", stop);
        Assert.Equal((3L, 0), (erased.Files, erased.JobIds.Count));
    }

    private const string Rows =
        """
        INSERT INTO subscribers VALUES ('sub_1', 'Ana', 'av_1', @No, 'Ana''s avatar', 7, 1700000000123, 1700000000124);
        INSERT INTO identities VALUES ('sip:ana@example.com', 'sub_1', 0), ('tel:+49301', 'sub_1', 1);
        INSERT INTO avatars VALUES ('av_1', 'sub_1', 'clip', 'Video', 'Ready', NULL, 'video/mp4', 99, 'sha', NULL, '[]', NULL, 2, 1700000000125, 1700000000126);
        INSERT INTO uploads VALUES ('up_1', 'sub_1', 'av_2', 'more', 10, 5, NULL, 1800000000000, 1700000000127);
        INSERT INTO consents VALUES ('con_1', 'sub_1', 'av_1', 'Ana Lima', '1', 'sha', 'one two', 'Approved', 'key_1', 'key_1', 1700000000128, 1700000000128, NULL);
        INSERT INTO jobs VALUES
            ('job_1', 'Register', 'sub_1', 'av_1', 'Succeeded', 100, 'succeeded', NULL, 1, @No, NULL, NULL, '[]', 1700000000129, 1700000000130, 1700000000131),
            ('job_2', 'Register', 'sub_1', 'av_1', 'Queued', 0, 'waits', NULL, 0, @No, NULL, NULL, NULL, 1700000000132, NULL, NULL);
        INSERT INTO job_lines (job_id, at, text) VALUES ('job_1', 1700000000130, 'looked');
        INSERT INTO models VALUES ('mod_1', 'sub_1', 'av_1', 'base-robust-standard-1', 'Ready', NULL, 1700000000133);
        INSERT INTO api_keys VALUES ('key_1', 'first', 'hash', 'keys:write', NULL, 1700000000100, NULL, NULL);
        INSERT INTO audit (at, actor, action, subscriber_id, target, detail) VALUES (1700000000123, 'key_1', 'subscriber.create', 'sub_1', 'sub_1', NULL);
        INSERT INTO idempotency VALUES ('key_1', 'k', 'f', 201, 'application/json', NULL, NULL, '{}', 1700000000123);
        INSERT INTO erasures VALUES ('era_1', 'sub_0', '{"id":"era_1","subscriberId":"sub_0","rows":{},"avatarIds":[],"uploadIds":[],"modelIds":[],"files":3,"requestedAt":"2026-01-01T00:00:00Z","completedAt":"2026-01-01T00:00:01Z"}', 'Done', 1700000000134);
        """;

    // As it was; the program's own may not be used here.
    private const string Tables =
        """
        CREATE TABLE subscribers (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, active_avatar_id TEXT, video_enabled BOOLEAN NOT NULL, label TEXT,
            version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);
        CREATE TABLE identities (
            identity TEXT PRIMARY KEY, subscriber_id TEXT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE, position BIGINT NOT NULL);
        CREATE INDEX identities_subscriber ON identities (subscriber_id);
        CREATE TABLE avatars (
            id TEXT PRIMARY KEY, subscriber_id TEXT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE, name TEXT NOT NULL,
            kind TEXT NOT NULL, state TEXT NOT NULL, gallery TEXT, source_type TEXT, source_bytes BIGINT, source_sha256 TEXT,
            source_erased_at BIGINT, verdicts TEXT, failure TEXT, version BIGINT NOT NULL, created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL);
        CREATE INDEX avatars_subscriber ON avatars (subscriber_id);
        CREATE TABLE uploads (
            id TEXT PRIMARY KEY, subscriber_id TEXT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE, avatar_id TEXT NOT NULL,
            name TEXT NOT NULL, size_bytes BIGINT NOT NULL, received_bytes BIGINT NOT NULL, sha256 TEXT, expires_at BIGINT NOT NULL,
            created_at BIGINT NOT NULL);
        CREATE INDEX uploads_subscriber ON uploads (subscriber_id);
        CREATE TABLE consents (
            id TEXT PRIMARY KEY, subscriber_id TEXT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
            avatar_id TEXT NOT NULL REFERENCES avatars (id) ON DELETE CASCADE, person TEXT NOT NULL, text_version TEXT NOT NULL,
            artefact_sha256 TEXT, phrase TEXT NOT NULL, state TEXT NOT NULL, given_by TEXT NOT NULL, approved_by TEXT,
            created_at BIGINT NOT NULL, approved_at BIGINT, withdrawn_at BIGINT);
        CREATE INDEX consents_avatar ON consents (avatar_id);
        CREATE TABLE jobs (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, subscriber_id TEXT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
            avatar_id TEXT NOT NULL REFERENCES avatars (id) ON DELETE CASCADE, state TEXT NOT NULL, percent BIGINT NOT NULL, step TEXT NOT NULL,
            failure TEXT, attempts BIGINT NOT NULL, cancel_requested BOOLEAN NOT NULL, lease_owner TEXT, lease_until BIGINT,
            result TEXT, created_at BIGINT NOT NULL, started_at BIGINT, finished_at BIGINT);
        CREATE INDEX jobs_state ON jobs (state);
        CREATE INDEX jobs_subscriber ON jobs (subscriber_id);
        CREATE TABLE job_lines (
            seq {serial}, job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, at BIGINT NOT NULL, text TEXT NOT NULL);
        CREATE INDEX job_lines_job ON job_lines (job_id);
        CREATE TABLE models (
            id TEXT PRIMARY KEY, subscriber_id TEXT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
            avatar_id TEXT NOT NULL REFERENCES avatars (id) ON DELETE CASCADE, base TEXT NOT NULL, state TEXT NOT NULL, metrics TEXT,
            created_at BIGINT NOT NULL);
        CREATE INDEX models_subscriber ON models (subscriber_id);
        CREATE TABLE api_keys (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL,
            subscriber_id TEXT REFERENCES subscribers (id) ON DELETE CASCADE, created_at BIGINT NOT NULL, expires_at BIGINT,
            revoked_at BIGINT);
        CREATE TABLE audit (
            seq {serial}, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subscriber_id TEXT, target TEXT, detail TEXT);
        CREATE INDEX audit_subscriber ON audit (subscriber_id);
        CREATE TABLE idempotency (
            actor TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status BIGINT, content_type TEXT, location TEXT, etag TEXT,
            body TEXT, created_at BIGINT NOT NULL, PRIMARY KEY (actor, key));
        CREATE TABLE erasures (
            id TEXT PRIMARY KEY, subscriber_id TEXT NOT NULL, receipt TEXT NOT NULL, state TEXT NOT NULL, created_at BIGINT NOT NULL);
        """;
}
