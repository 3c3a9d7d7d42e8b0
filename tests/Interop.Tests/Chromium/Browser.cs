using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Chromium;

/// <summary>
/// A real Chromium without a window, driven by the DevTools protocol over a WebSocket. It says yes to every question of a page, and
/// keeps what the page's scripts complain of.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly ExternalProcess _process;
    private readonly TempFolder _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private Task _reading = Task.CompletedTask;
    private int _id;

    private Browser(ExternalProcess process, TempFolder profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>What a prompt is answered with.</summary>
    public string PromptText { get; set; } = "";

    /// <summary>Errors of scripts and of the network since the start.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Starts it with an empty page.</summary>
    public static async Task<Browser> StartAsync()
    {
        var profile = new TempFolder();
        ExternalProcess process = ExternalProcess.Start(Tool.Chromium,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking", "--no-first-run", "--mute-audio",
            "--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0", $"--user-data-dir={profile.Root}", "about:blank",
        ]);
        var browser = new Browser(process, profile);
        try
        {
            await Until.TrueAsync(() => File.Exists(profile.File("DevToolsActivePort")) && File.ReadAllLines(profile.File("DevToolsActivePort")).Length == 2, "Chromium to listen", () => process.Report);
            string port = (await File.ReadAllLinesAsync(profile.File("DevToolsActivePort")))[0];
            using var client = new HttpClient();
            string? page = null;
            while (page is null)
            {
                JsonArray targets = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list")))!.AsArray();
                page = targets.FirstOrDefault(t => (string?)t!["type"] == "page")?["webSocketDebuggerUrl"]?.GetValue<string>();
            }

            await browser._socket.ConnectAsync(new Uri(page), CancellationToken.None);
            browser._reading = browser.ReadAsync();
            foreach (string domain in (string[])["Page", "Runtime", "Log"])
                await browser.SendAsync($"{domain}.enable");
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes to an address.</summary>
    public Task GoAsync(Uri address) => SendAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });

    /// <summary>Evaluates an expression in the page; promises are waited for.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true, ["userGesture"] = true });
        if (answer["exceptionDetails"] is { } thrown)
            throw new InvalidOperationException($"{expression}: {thrown.ToJsonString()}");
        return answer["result"]?["value"];
    }

    /// <summary>Waits until an expression is true in the page.</summary>
    public async Task UntilAsync(string expression, TimeSpan? patience = null)
    {
        long start = TimeProvider.System.GetTimestamp();
        while ((await EvaluateAsync($"Boolean({expression})"))?.GetValue<bool>() != true)
        {
            if (TimeProvider.System.GetElapsedTime(start) > (patience ?? Until.Patience))
                Assert.Fail($"Waited in vain in Chromium: {expression}\n{await EvaluateAsync("document.body.innerText")}\n{string.Join('\n', Complaints)}");
            await Until.PassedAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Types into a field.</summary>
    public async Task TypeAsync(string selector, string text)
    {
        await UntilAsync($"document.querySelector({Quote(selector)})");
        await EvaluateAsync($"(e => {{ e.focus(); e.value = ''; }})(document.querySelector({Quote(selector)}))");
        await SendAsync("Input.insertText", new JsonObject { ["text"] = text });
    }

    /// <summary>Presses the button of a name, as a mouse does: in the middle of it.</summary>
    public async Task PressAsync(string name)
    {
        string button = $"[...document.querySelectorAll('button')].find(b => b.textContent === {Quote(name)} && b.offsetParent)";
        await UntilAsync(button);
        JsonNode place = (await EvaluateAsync($"(r => ({{ x: r.x + r.width / 2, y: r.y + r.height / 2 }}))((b => {{ b.scrollIntoView({{ block: 'center' }}); return b.getBoundingClientRect(); }})({button}))"))!;
        foreach (string kind in (string[])["mousePressed", "mouseReleased"])
        {
            // Not waited for: a dialog that it opens is answered by the reading loop, and the release comes after it.
            await SendAsync("Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = kind, ["x"] = place["x"]!.GetValue<double>(), ["y"] = place["y"]!.GetValue<double>(), ["button"] = "left", ["clickCount"] = 1,
            });
        }
    }

    /// <summary>Presses a key of the keyboard: Tab or Enter.</summary>
    public async Task KeyAsync(string key)
    {
        foreach (string kind in (string[])["keyDown", "keyUp"])
        {
            await SendAsync("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = kind, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = key == "Tab" ? 9 : 13, ["text"] = key == "Enter" && kind == "keyDown" ? "\r" : "",
            });
        }
    }

    /// <summary>Chooses a file.</summary>
    public async Task ChooseFileAsync(string selector, string path)
    {
        await UntilAsync($"document.querySelector({Quote(selector)})");
        JsonNode input = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = $"document.querySelector({Quote(selector)})" });
        await SendAsync("DOM.setFileInputFiles", new JsonObject { ["files"] = new JsonArray(path), ["objectId"] = input["result"]!["objectId"]!.GetValue<string>() });
    }

    /// <summary>Takes a picture of the whole page.</summary>
    /// <param name="path">PNG.</param>
    /// <param name="width">Of the window, pixels.</param>
    /// <param name="dark">The person likes it dark.</param>
    public async Task PhotographAsync(string path, int width, bool dark)
    {
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
        });
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await Until.PassedAsync(TimeSpan.FromMilliseconds(200)); // Colours fade for 120 ms.
        JsonNode picture = await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" });
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, Convert.FromBase64String(picture["data"]!.GetValue<string>()));
        await SendAsync("Emulation.clearDeviceMetricsOverride");
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _socket.Abort();
        await _reading;
        await _process.DisposeAsync();
        _socket.Dispose();
        _over.Dispose();
        _sending.Dispose();
        _profile.Dispose();
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = Interlocked.Increment(ref _id);
        var answer = _asked[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] text = Encoding.UTF8.GetBytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] }.ToJsonString());
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, _over.Token);
        }
        finally
        {
            _sending.Release();
        }

        JsonNode message = await answer.Task.WaitAsync(Until.Patience);
        return message["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : message["result"]!;
    }

    private async Task ReadAsync()
    {
        var message = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), _over.Token);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or JsonException)
        {
            foreach (TaskCompletionSource<JsonNode> waiting in _asked.Values)
                waiting.TrySetException(new IOException($"Chromium is gone: {exception.Message}"));
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"]?.GetValue<int>() is { } id)
        {
            if (_asked.TryRemove(id, out TaskCompletionSource<JsonNode>? asked))
                asked.TrySetResult(message);
            return;
        }

        switch (message["method"]?.GetValue<string>())
        {
            case "Page.javascriptDialogOpening":
                _ = SendAsync("Page.handleJavaScriptDialog", new JsonObject { ["accept"] = true, ["promptText"] = PromptText });
                break;
            case "Runtime.exceptionThrown":
                _complaints.Enqueue(message.ToJsonString());
                break;
            case "Log.entryAdded" when message["params"]!["entry"]!["level"]!.GetValue<string>() == "error":
                _complaints.Enqueue(message.ToJsonString());
                break;
        }
    }
}
