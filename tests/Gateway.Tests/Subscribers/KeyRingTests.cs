using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Tests.Subscribers;

public sealed class KeyRingTests
{
    [Fact]
    public async Task EnsureFirst_NodesThatStartTogether_MakeOneKey()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using TestStore store = await TestStore.CreateAsync();
        await using StoreDatabase here = await StoreDatabase.OpenAsync(store.Options, stop);
        await using StoreDatabase there = await StoreDatabase.OpenAsync(store.Options, stop);

        string?[] secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(() => new KeyRing(i % 2 == 0 ? here : there, TimeProvider.System).EnsureFirstAsync(stop))));

        string secret = Assert.Single(secrets.OfType<string>());
        ApiKey key = Assert.Single(await new KeyRing(here, TimeProvider.System).ListAsync(stop));
        Assert.Equal(key.Id, (await new KeyRing(there, TimeProvider.System).FindAsync(secret, stop))?.Id);
    }
}
