using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Provisioning;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Hosting;

/// <summary>Builds the process that serves: gateway, HTTP, log to the console.</summary>
internal static class WebHost
{
    /// <summary>The application; starting it opens all ports, stopping it drains.</summary>
    /// <param name="options">Valid settings.</param>
    /// <param name="change">Replaces services, for tests; null leaves all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static async Task<WebApplication> BuildAsync(
        GatewayOptions options, Action<IServiceCollection>? change = null, CancellationToken cancellationToken = default)
    {
        StoreDatabase database = await StoreDatabase.OpenAsync(options.Store, cancellationToken);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // The gateway's own loader has read and checked all settings.
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Avatar2D.Gateway.Provisioning.Http.KeyAuthentication", LogLevel.Warning); // A wrong key is the client's news.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // A failed start is told once, by the verb.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (options.Http.Listen.Length > 0)
            builder.WebHost.UseUrls($"http://{options.Http.Listen}");
        else
            builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer, NoServer>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Calls.Drain + TimeSpan.FromSeconds(15));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(services => AvatarCatalog.From(
            options.Avatar, options.Engine, services.GetRequiredService<ILoggerFactory>(), new AvatarFolder(services.GetRequiredService<StoreFiles>().Packages),
            services.GetRequiredService<StoreFiles>().Models, services.GetRequiredService<SubscriberDirectory>().ModelOf));
        builder.AddProvisioning(options, database);
        builder.Services.AddSingleton<GatewayHost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<GatewayHost>());
        change?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.MapProvisioning();
        await app.PrepareProvisioningAsync(cancellationToken);
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", (GatewayHost gateway) => gateway.IsDraining
            ? Results.Text("draining", statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ready")).ExcludeFromDescription();
        app.MapGet("/calls", (GatewayHost gateway) => gateway.Calls.Calls.Select(CallStatus.Of)).ExcludeFromDescription();
        return app;
    }
}
