using System.Text.Json;
using System.Text.RegularExpressions;
using Avatar2D.Gateway.Subscribers;

namespace Avatar2D.Gateway.Tests.Provisioning;

public sealed class ApiDocumentTests
{
    [Fact]
    public async Task Document_OfTheRoutes_Is31WithSummariesExamplesAndEveryRouteGuarded()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        JsonElement api = JsonDocument.Parse(await rig.Http.GetStringAsync(HttpExtensions.At("/openapi/v1.json"))).RootElement;
        var operations = api.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Path: path.Name, Method: operation.Name, operation.Value))).ToList();

        Assert.StartsWith("3.1", api.Text("openapi"), StringComparison.Ordinal);
        Assert.True(operations.Count > 30, $"{operations.Count} operations");
        Assert.DoesNotContain(operations, o => !o.Value.TryGetProperty("summary", out _));
        Assert.DoesNotContain(operations, o => o.Value.TryGetProperty("parameters", out JsonElement p) && p.EnumerateArray().Any(x => x.Text("name") == "caller"));
        JsonElement create = operations.Single(o => o is { Path: "/v1/subscribers", Method: "post" }).Value;
        Assert.Equal("Ana Lima", create.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").Text("name"));
        foreach ((string path, string method, _) in operations)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), HttpExtensions.At(Regex.Replace(path, "{[^}]*}", "x")));
            request.Content = method == "get" ? null : ApiRig.Json("{}");
            using HttpResponseMessage answer = await rig.Http.SendAsync(request);
            Assert.True(answer.StatusCode == System.Net.HttpStatusCode.Unauthorized, $"{method} {path}: {answer.StatusCode} without a key");
        }
    }

    [Fact]
    public void Problems_All_StandInTheGuide()
    {
        string guide = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "docs", "api.md"));
        Assert.All(Problems.All, p => Assert.Contains($"`{p.Code}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Console_Pages_AreServedWithSafeHeaders()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        foreach (string path in (string[])["/console/", "/console/console.js", "/console/console.css", "/docs/api"])
        {
            using HttpResponseMessage answer = await rig.Http.GetAsync(HttpExtensions.At(path));
            Assert.True(answer.IsSuccessStatusCode, path);
            Assert.Contains("default-src 'self'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }
}
