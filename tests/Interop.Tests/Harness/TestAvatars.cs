using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>The avatars of all tests: each clip is drawn once, in the tests' own folder, each size is loaded once.</summary>
internal static class TestAvatars
{
    /// <summary>The catalog that every test's gateway uses.</summary>
    public static AvatarCatalog Catalog { get; } = AvatarCatalog.From(
        new AvatarOptions { Folder = Path.Combine(AppContext.BaseDirectory, "avatars"), CacheMegabytes = 600 }, new EngineOptions(), NullLoggerFactory.Instance);

    /// <summary>A character that the tests' gateways do not show.</summary>
    public static string OtherThan(string name) => AvatarCatalog.GalleryNames.First(other => other != name);

    /// <summary>All pictures of a character at a size; dispose the lease.</summary>
    public static async Task<StageLease> LoadAsync(string name, int width, int height)
    {
        var key = new StageKey(name, width, height);
        StageLease lease = await Catalog.Stages.AcquireAsync(key, CancellationToken.None);
        await Catalog.Stages.WhenLoadedAsync(key);
        return lease;
    }
}
