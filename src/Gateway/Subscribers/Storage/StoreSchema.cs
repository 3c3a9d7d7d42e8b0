namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>
/// The tables, as migrations that only ever grow: a store of an older program is brought up when it is opened, one of a newer
/// program is refused. The SQL is the same for SQLite and PostgreSQL but for <see cref="Serial"/>. Times are milliseconds since
/// 1970 (UTC).
/// </summary>
internal static class StoreSchema
{
    /// <summary>Stands for a column that numbers its rows.</summary>
    public const string Serial = "{serial}";

    /// <summary>Migration N (from 1) brings the schema from version N - 1 to N.</summary>
    public static IReadOnlyList<string> Migrations { get; } = [First, Models, Expectation];

    // Which face model speaks for an avatar, and which did before; and which job makes a model.
    private const string Models =
        """
        ALTER TABLE avatars ADD COLUMN model TEXT;
        ALTER TABLE avatars ADD COLUMN model_before TEXT;
        ALTER TABLE models ADD COLUMN job_id TEXT;
        """;

    // When a job will end, where its worker knows.
    private const string Expectation = "ALTER TABLE jobs ADD COLUMN expected_at BIGINT";

    private const string First =
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
