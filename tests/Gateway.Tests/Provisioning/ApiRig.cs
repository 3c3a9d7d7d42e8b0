using System.Net.Http.Headers;
using System.Text;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Tests.Hosting;
using Avatar2D.Gateway.Tests.Subscribers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>The whole program on loopback: Kestrel, SIP, a <see cref="TestStore"/>. Registration is replaced; nothing else is.</summary>
internal sealed class ApiRig : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiRig(WebApplication app, GatewayOptions options, TestStore store)
    {
        _app = app;
        Options = options;
        Store = store;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    public GatewayOptions Options { get; }

    public TestStore Store { get; }

    public string Folder => Store.Folder;

    /// <summary>Without a key.</summary>
    public HttpClient Http { get; }

    public GatewayHost Gateway => Service<GatewayHost>();

    public static async Task<ApiRig> StartAsync(
        Func<GatewayOptions, GatewayOptions>? change = null, IAvatarRegistrar? registrar = null, string? folder = null, Action<IServiceCollection>? services = null)
    {
        TestStore store = await TestStore.CreateAsync(folder);
        var options = new GatewayOptions
        {
            Sip = new SipOptions { Listen = ["udp:127.0.0.1:0"], TrustedPeers = ["127.0.0.0/8"] },
            Rtp = new RtpOptions { BindAddresses = ["127.0.0.1"] },
            Video = new VideoOptions { Width = 128, Height = 128, BitRateKbps = 100 },
            Avatar = new AvatarOptions { Folder = Path.Combine(store.Folder, "avatars") },
            Calls = new CallOptions { DrainSeconds = 0 },
            Cdr = new CdrOptions { Path = Path.Combine(store.Folder, "cdr.jsonl") },
            Http = new HttpOptions { Listen = "127.0.0.1:0" },
            Store = store.Options with { PollSeconds = 1 },
            ObjectStore = store.Objects,
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
        return new ApiRig(app, options, store);
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
        await Store.DisposeAsync();
    }
}
