using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Provisioning;

/// <summary>The program as a process of its own, with an empty store, on ports of its own, others at each start: a free one may be taken meanwhile.</summary>
internal sealed partial class ServedGateway : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly string[] _arguments;
    private ExternalProcess _process;

    private ServedGateway(TempFolder folder, string[] arguments)
    {
        _folder = folder;
        _arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "avatar2d.dll"), "serve", "--Rtp:BindAddresses=127.0.0.1", $"--Store:Folder={folder.File("store")}",
            $"--Avatar:Folder={Path.Combine(AppContext.BaseDirectory, "avatars")}", $"--Cdr:Path={folder.File("cdr.jsonl")}", "--Calls:DrainSeconds=1", .. arguments,
        ];
        _process = Run();
    }

    public int Sip { get; private set; }

    public int Http { get; private set; }

    /// <summary>The first operator's key.</summary>
    public string Key { get; private set; } = "";

    public string Report => _process.Report;

    public Uri Address => new($"http://127.0.0.1:{Http}/");

    /// <summary>Starts it and waits until it takes calls.</summary>
    public static async Task<ServedGateway> StartAsync(TempFolder folder, params string[] arguments)
    {
        var gateway = new ServedGateway(folder, arguments);
        await gateway.ReadyAsync();
        gateway.Key = KeyLine().Match(gateway._process.Output).Groups[1].Value;
        Assert.True(gateway.Key.Length > 0, gateway.Report);
        return gateway;
    }

    /// <summary>Kills it as a power cut would.</summary>
    public ValueTask KillAsync() => _process.DisposeAsync();

    /// <summary>Starts it again on what it has left.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        _process = Run();
        await ReadyAsync();
    }

    /// <summary>A client that carries the operator's key.</summary>
    public HttpClient Client() => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", Key) }, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Reads JSON.</summary>
    public static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    /// <summary>Reads JSON until it is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(HttpClient client, string path, Func<JsonElement, bool> wanted, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            JsonElement seen = await GetAsync(client, path);
            if (wanted(seen))
                return seen;
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(5), $"Waited in vain for {what}: {seen}\n{Report}");
            await Until.PassedAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Makes a subscriber.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> SubscriberAsync(HttpClient client, string identity)
    {
        using var body = new StringContent($$"""{"name":"somebody","identities":["{{identity}}"]}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri("v1/subscribers", UriKind.Relative), body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!; // As documented.
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private ExternalProcess Run()
    {
        Sip = FreePorts.One();
        Http = FreePorts.One();
        return ExternalProcess.Start("dotnet", [.. _arguments, "--listen", $"udp:127.0.0.1:{Sip}", "--http", $"127.0.0.1:{Http}"], _folder.Root);
    }

    private async Task ReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (!await IsReadyAsync(client))
        {
            Assert.False(_process.HasExited, Report);
            await Until.PassedAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri("health/ready", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not up yet.
        }
    }

    [GeneratedRegex("First operator key, shown this once: (\\S+)")]
    private static partial Regex KeyLine();
}
