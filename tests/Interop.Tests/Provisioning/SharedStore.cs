using Avatar2D.Interop.Tests.Postgres;
using Avatar2D.Interop.Tests.S3;

namespace Avatar2D.Interop.Tests.Provisioning;

/// <summary>The store of several nodes, as settings of the program.</summary>
internal static class SharedStore
{
    /// <summary>Names and values; the database's connections are kept, as in use.</summary>
    /// <param name="postgres">Has the tables.</param>
    /// <param name="s3">Has the files; null: the node's folder.</param>
    public static Dictionary<string, string> Settings(PostgresServer postgres, S3Server? s3)
    {
        var settings = new Dictionary<string, string>
        {
            ["Store:Provider"] = "postgresql",
            ["Store:ConnectionString"] = new Npgsql.NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = true }.ToString(),
        };
        if (s3?.Options is { } objects)
        {
            settings["ObjectStore:Bucket"] = objects.Bucket;
            settings["ObjectStore:Endpoint"] = objects.Endpoint;
            settings["ObjectStore:AccessKeyId"] = objects.AccessKeyId;
            settings["ObjectStore:SecretAccessKey"] = objects.SecretAccessKey;
        }

        return settings;
    }
}
