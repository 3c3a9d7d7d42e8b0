using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>A store of the first schema, in SQLite, opened by this program. PostgreSQL: Interop.Tests, by the same rows.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-migration-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Open_StoreOfTheFirstSchema_NothingIsLost()
    {
        var options = new GatewayOptions { Store = new StoreOptions { Folder = _folder } };
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder, "store.db")}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await FirstSchema.WriteAsync(connection, "INTEGER PRIMARY KEY AUTOINCREMENT");
        }

        await FirstSchema.AssertMigratedAsync(options);
        await using StoreDatabase again = await StoreDatabase.OpenAsync(options.Store, CancellationToken.None); // Now it is of this schema.
        Assert.Equal(StoreSchema.Migrations.Count, await again.ReadAsync(db => db.ScalarAsync<long>("SELECT version FROM schema_version"), CancellationToken.None));
    }

    [Fact]
    public async Task Open_StoreOfANewerProgram_IsRefusedAndLeftAsItIs()
    {
        var options = new StoreOptions { Folder = _folder };
        await using (StoreDatabase database = await StoreDatabase.OpenAsync(options, CancellationToken.None))
            await database.WriteAsync(db => db.ExecuteAsync("UPDATE schema_version SET version = 1000"), CancellationToken.None);
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => StoreDatabase.OpenAsync(options, CancellationToken.None));
        Assert.Contains($"a newer program (schema 1000, this program knows {StoreSchema.Migrations.Count})", refused.Message, StringComparison.Ordinal);
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder, "store.db")}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using Microsoft.Data.Sqlite.SqliteCommand version = connection.CreateCommand();
        version.CommandText = "SELECT version FROM schema_version";
        Assert.Equal(1000L, await version.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
