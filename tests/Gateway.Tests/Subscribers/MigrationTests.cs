using System.Data.Common;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>A store of the first schema, and one of a later program, opened by this program.</summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private TestStore _store = null!; // Set by InitializeAsync.

    public async ValueTask InitializeAsync() => _store = await TestStore.CreateAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Open_StoreOfTheFirstSchema_NothingIsLost()
    {
        await FirstSchema.WriteAsync(_store);
        await FirstSchema.AssertMigratedAsync(new GatewayOptions { Store = _store.Options });
        await using StoreDatabase again = await StoreDatabase.OpenAsync(_store.Options, CancellationToken.None); // Now it is of this schema.
        Assert.Equal(StoreSchema.Migrations.Count, await again.ReadAsync(VersionAsync, CancellationToken.None));
    }

    [Fact]
    public async Task Open_StoreOfANewerProgram_IsRefusedAndLeftAsItIs()
    {
        await using (StoreDatabase database = await StoreDatabase.OpenAsync(_store.Options, CancellationToken.None))
            await database.WriteAsync(db => db.ExecuteAsync("UPDATE schema_version SET version = 1000"), CancellationToken.None);
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => StoreDatabase.OpenAsync(_store.Options, CancellationToken.None));
        Assert.Contains($"a newer program (schema 1000, this program knows {StoreSchema.Migrations.Count})", refused.Message, StringComparison.Ordinal);
        await using DbConnection connection = await _store.ConnectAsync();
        Assert.Equal(1000, await VersionAsync(new StoreConnection(connection, null, TestContext.Current.CancellationToken)));
    }

    private static Task<long> VersionAsync(StoreConnection db) => db.ScalarAsync<long>("SELECT version FROM schema_version");
}
