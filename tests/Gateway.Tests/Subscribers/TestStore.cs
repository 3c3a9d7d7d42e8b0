using System.Data.Common;
using System.Text;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>
/// A store of a test's own: SQLite and files in a folder, or what the environment names, in the words of the settings after
/// AVATAR2D_TEST_: <c>Store__Provider</c>, <c>Store__ConnectionString</c>, <c>ObjectStore__Bucket</c> and so on. There it has a
/// schema and a prefix of its own, named as its folder is. It is gone afterwards.
/// </summary>
internal sealed class TestStore : IAsyncDisposable
{
    private static readonly IConfiguration _environment = new ConfigurationBuilder().AddEnvironmentVariables("AVATAR2D_TEST_").Build();
    private readonly string _schema;

    private TestStore(string folder)
    {
        Folder = folder;
        string name = Path.GetFileName(folder);
        _schema = $"\"{name}\""; // Quoted: it has hyphens and capitals.
        StoreOptions store = (_environment.GetSection("Store").Get<StoreOptions>() ?? new()) with { Folder = Path.Combine(folder, "store"), MinFreeMegabytes = 0 };
        Options = store.Provider == StoreProvider.Sqlite
            ? store : store with { ConnectionString = new NpgsqlConnectionStringBuilder(store.ConnectionString) { SearchPath = _schema }.ToString() };
        ObjectStoreOptions objects = _environment.GetSection("ObjectStore").Get<ObjectStoreOptions>() ?? new();
        Objects = objects with { Prefix = $"{objects.Prefix}{name}/" };
    }

    /// <summary>What else the test writes may lie here, beside the store.</summary>
    public string Folder { get; }

    /// <summary>The section Store.</summary>
    public StoreOptions Options { get; }

    /// <summary>The section ObjectStore; without a bucket the folder is all.</summary>
    public ObjectStoreOptions Objects { get; }

    /// <summary>True when the files are objects too.</summary>
    public bool HasObjects => Objects.Bucket.Length > 0;

    /// <summary>Type of a column that numbers its rows.</summary>
    public string Serial => IsSqlite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    private bool IsSqlite => Options.Provider == StoreProvider.Sqlite;

    /// <summary>A new store, without tables yet; or again the one of a folder.</summary>
    public static async Task<TestStore> CreateAsync(string? folder = null)
    {
        var store = new TestStore(folder ?? Directory.CreateTempSubdirectory("avatar2d-store-").FullName);
        if (store.IsSqlite)
            Directory.CreateDirectory(store.Options.Folder);
        else
            await store.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {store._schema}");
        return store;
    }

    /// <summary>A connection past the program.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = IsSqlite ? new SqliteConnection($"Data Source={DatabaseFile}") : new NpgsqlConnection(Options.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        return connection;
    }

    /// <summary>Everything that the database holds, as it holds it: the bytes of the file and of its log, or every row of every table.</summary>
    public async Task<string> ContentAsync()
    {
        var content = new StringBuilder();
        if (IsSqlite)
        {
            foreach (string path in Directory.EnumerateFiles(Options.Folder, Path.GetFileName(DatabaseFile) + "*"))
            {
                await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                content.Append(await reader.ReadToEndAsync());
            }

            return content.ToString();
        }

        await using DbConnection connection = await ConnectAsync();
        var db = new StoreConnection(connection, null, CancellationToken.None);
        foreach (string table in await db.ListAsync<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"))
            content.AppendJoin('\n', await db.ListAsync<string>($"SELECT CAST(row_of AS TEXT) FROM {table} row_of"));
        return content.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsSqlite)
            SqliteConnection.ClearAllPools();
        else
            await ExecuteAsync($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
        using (S3ObjectStore? objects = S3ObjectStore.From(Objects))
        {
            foreach (string key in objects is null ? [] : await objects.ListAsync("", CancellationToken.None))
                await objects!.EraseAsync(key, CancellationToken.None); // Not null: it has keys.
        }

        Directory.Delete(Folder, recursive: true);
    }

    private string DatabaseFile => Path.Combine(Options.Folder, "store.db");

    private async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection = await ConnectAsync();
        await new StoreConnection(connection, null, CancellationToken.None).ExecuteAsync(sql);
    }
}
