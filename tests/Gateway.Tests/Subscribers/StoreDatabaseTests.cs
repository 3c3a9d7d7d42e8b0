using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Tests.Subscribers;

public sealed class StoreDatabaseTests
{
    [Fact]
    public async Task Write_ManyAtOnceOfTwoNodes_EachSeesWhatTheOthersWrote()
    {
        const int Writes = 20;
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using TestStore store = await TestStore.CreateAsync();
        await using StoreDatabase here = await StoreDatabase.OpenAsync(store.Options, stop);
        await using StoreDatabase there = await StoreDatabase.OpenAsync(store.Options, stop);
        await here.WriteAsync(db => db.ExecuteAsync("CREATE TABLE counters (value BIGINT NOT NULL)"), stop);
        await here.WriteAsync(db => db.ExecuteAsync("INSERT INTO counters VALUES (0)"), stop);

        await Task.WhenAll(Enumerable.Range(0, Writes).Select(i => (i % 2 == 0 ? here : there).WriteAsync(
            async db =>
            {
                long value = await db.ScalarAsync<long>("SELECT value FROM counters");
                await db.ExecuteAsync("UPDATE counters SET value = @Next", new { Next = value + 1 });
            },
            stop)));

        Assert.Equal(Writes, await here.ReadAsync(db => db.ScalarAsync<long>("SELECT value FROM counters"), stop));
    }

    [Fact]
    public async Task Write_Fails_NothingOfItIsThere()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using TestStore store = await TestStore.CreateAsync();
        await using StoreDatabase database = await StoreDatabase.OpenAsync(store.Options, stop);
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("UPDATE schema_version SET version = 0");
                throw new InvalidOperationException("the disk");
            },
            stop));

        Assert.Equal(StoreSchema.Migrations.Count, await database.ReadAsync(db => db.ScalarAsync<long>("SELECT version FROM schema_version"), stop));
    }
}
