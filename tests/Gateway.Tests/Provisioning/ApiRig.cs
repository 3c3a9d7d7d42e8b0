using System.Net.Http.Headers;
using System.Text;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>The whole program on loopback: Kestrel, SIP, SQLite in a folder of its own. Registration is replaced; nothing else is.</summary>
internal sealed class ApiRig : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiRig(WebApplication app, GatewayOptions options, string folder)
    {
        _app = app;
        Options = options;
        Folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    public GatewayOptions Options { get; }

    public string Folder { get; }

    /// <summary>Without a key.</summary>
    public HttpClient Http { get; }

    public GatewayHost Gateway => Service<GatewayHost>();

    public static async Task<ApiRig> StartAsync(
        Func<GatewayOptions, GatewayOptions>? change = null, IAvatarRegistrar? registrar = null, string? folder = null, Action<IServiceCollection>? services = null)
    {
        folder ??= Directory.CreateTempSubdirectory("avatar2d-api-").FullName;
        var options = new GatewayOptions
        {
            Sip = new SipOptions { Listen = ["udp:127.0.0.1:0"], TrustedPeers = ["127.0.0.0/8"] },
            Rtp = new RtpOptions { BindAddresses = ["127.0.0.1"] },
            Video = new VideoOptions { Width = 128, Height = 128, BitRateKbps = 100 },
            Avatar = new AvatarOptions { Folder = Path.Combine(folder, "avatars") },
            Calls = new CallOptions { DrainSeconds = 0 },
            Cdr = new CdrOptions { Path = Path.Combine(folder, "cdr.jsonl") },
            Http = new HttpOptions { Listen = "127.0.0.1:0" },
            Store = new StoreOptions { Folder = Path.Combine(folder, "store"), MinFreeMegabytes = 0, PollSeconds = 1 },
        };
        options = change?.Invoke(options) ?? options;
        WebApplication app = await WebHost.BuildAsync(options, replaced =>
        {
            replaced.Replace(ServiceDescriptor.Singleton(DrawnAvatars.Catalog()));
            replaced.AddLogging(logging => logging.ClearProviders());
            if (registrar is not null)
                replaced.Replace(ServiceDescriptor.Singleton(registrar));
            services?.Invoke(replaced);
        });
        await app.StartAsync();
        return new ApiRig(app, options, folder);
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A client with a new operator's key.</summary>
    public async Task<HttpClient> ClientAsync(params string[] scopes)
    {
        (_, string secret) = await Service<KeyRing>().CreateAsync("test", scopes.Length == 0 ? ["admin"] : scopes, null, null, Actor.Gateway, CancellationToken.None);
        return WithKey(secret);
    }

    public HttpClient WithKey(string secret)
    {
        var client = new HttpClient { BaseAddress = Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Ends the program and leaves its folder.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Http.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
