using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>A catalog that knows the store's packages but shows grey pictures for all of them.</summary>
internal static class ConsentedCatalog
{
    public static void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(provider => new AvatarCatalog(
        (_, _) => DrawnAvatars.OpenAsync(), 100_000_000, null, new AvatarFolder(provider.GetRequiredService<StoreFiles>().Packages))));
}
