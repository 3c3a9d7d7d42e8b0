using System.Text.Json;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Provisioning;

/// <summary>What strangers upload does not reach the calls.</summary>
public sealed class HostileFilesTests
{
    [Fact]
    public async Task Uploads_TwoHundredHostileFiles_EachRefusedClearlyWhileACallGoesOn()
    {
        using var folder = new TempFolder();
        IReadOnlyList<(string Name, byte[] Bytes)> files = await HostileFiles.MakeAsync(folder);
        Assert.Equal(200, files.Count);
        await using ServedGateway gateway = await ServedGateway.StartAsync(
            folder, "--Jobs:Workers=2", "--Jobs:WorkerMemoryMegabytes=512", "--Api:MaxAvatarsPerSubscriber=1000", "--Api:RequestsPerMinute=100000", "--Video:Width=176", "--Video:Height=144");
        using HttpClient client = gateway.Client();
        await using ExternalProcess call = ExternalProcess.Start(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "avatar2d.dll"), "call", $"sip:avatar@127.0.0.1:{gateway.Sip}", "--seconds", "3600", "--json"]);
        await gateway.UntilAsync(client, "v1/calls", calls => calls.GetProperty("items").EnumerateArray().Any(c => c.GetProperty("framesSent").GetInt64() > 25), "the call's picture");

        string subscriber = await ServedGateway.SubscriberAsync(client, "sip:mallory@example.com");
        var refused = new Dictionary<string, int>();
        var jobs = new Dictionary<string, string>();
        foreach ((string name, byte[] bytes) in files)
        {
            using HttpResponseMessage answer = await client.PostAsync(new Uri($"v1/subscribers/{subscriber}/avatars?name={name}", UriKind.Relative), new ByteArrayContent(bytes));
            JsonElement body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            if (answer.IsSuccessStatusCode)
            {
                jobs.Add(body.GetProperty("jobId").GetString()!, name);
                continue;
            }

            Assert.True((int)answer.StatusCode is 415 or 422, $"{name}: {body}");
            Assert.NotEmpty(body.GetProperty("detail").GetString()!);
            Count(refused, body.GetProperty("code").GetString()!);
        }

        foreach ((string job, string name) in jobs)
        {
            JsonElement view = await gateway.UntilAsync(client, $"v1/jobs/{job}", j => j.GetProperty("state").GetString() is not ("queued" or "running"), $"the end of {name}");
            Assert.True(view.GetProperty("state").GetString() == "rejected", $"{name}: {view}");
            JsonElement bad = view.GetProperty("result").EnumerateArray().First(v => !v.GetProperty("passed").GetBoolean());
            Assert.NotEmpty(bad.GetProperty("advice").GetString()!);
            Count(refused, bad.GetProperty("code").GetString()!);
        }

        JsonElement live = Assert.Single((await ServedGateway.GetAsync(client, "v1/calls")).GetProperty("items").EnumerateArray());
        Assert.Equal("up", live.GetProperty("picture").GetString());
        long sent = live.GetProperty("framesSent").GetInt64();
        await gateway.UntilAsync(client, "v1/calls", calls => calls.GetProperty("items")[0].GetProperty("framesSent").GetInt64() > sent + 25, "pictures that still flow");
        Assert.Equal(0, live.GetProperty("audioPacketsLost").GetInt64());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("store/packages")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("store/work")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("store/uploads")));
        string report = string.Join(", ", refused.OrderByDescending(r => r.Value).Select(r => $"{r.Key} {r.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{report}; the call sent {sent} pictures, {live.GetProperty("framesLate")} late");
        Assert.Equal(200, refused.Values.Sum());
    }

    private static void Count(Dictionary<string, int> refused, string code) => refused[code] = refused.GetValueOrDefault(code) + 1;
}
