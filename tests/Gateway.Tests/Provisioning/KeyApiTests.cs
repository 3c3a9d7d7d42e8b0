using System.Net;
using System.Text.Json;
using Avatar2D.Gateway.Subscribers.Keys;

namespace Avatar2D.Gateway.Tests.Provisioning;

public sealed class KeyApiTests
{
    [Fact]
    public async Task Request_WithoutValidKey_Unauthenticated()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        string?[] keys = [null, "Bearer a2d_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Basic Zm9vOmJhcg=="];
        foreach (string? authorization in keys)
        {
            (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
            foreach (string path in (string[])["/v1/subscribers", "/v1/calls", "/v1/keys", "/v1/me"])
                Assert.Equal("unauthenticated", (await rig.Http.SendAsync(HttpMethod.Get, path, HttpStatusCode.Unauthorized, null, headers)).Text("code"));
        }
    }

    [Fact]
    public async Task FirstKey_EmptyStore_MadeOnceOnly()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        Assert.Null(await rig.Service<KeyRing>().EnsureFirstAsync(CancellationToken.None)); // The start has made it.
        Assert.Equal("first operator key", Assert.Single(await rig.Service<KeyRing>().ListAsync(CancellationToken.None)).Name);
    }

    [Fact]
    public async Task Viewer_Writes_Forbidden()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient viewer = await rig.ClientAsync("viewer");
        await viewer.GetJsonAsync("/v1/subscribers");
        JsonElement problem = await viewer.SendAsync(HttpMethod.Post, "/v1/subscribers", HttpStatusCode.Forbidden, """{"name":"A","identities":["tel:+1"]}""");

        Assert.Equal("forbidden", problem.Text("code"));
        await viewer.SendAsync(HttpMethod.Get, "/v1/audit", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task SubscriberToken_OthersThings_DoNotExist()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient admin = await rig.ClientAsync();
        string ana = await admin.SubscriberAsync("tel:+1");
        string bo = await admin.SubscriberAsync("tel:+2");
        JsonElement boAvatar = await admin.UploadAsync(bo, TestMedia.Mp4Head);
        JsonElement token = await admin.SendAsync(HttpMethod.Post, $"/v1/subscribers/{ana}/tokens", HttpStatusCode.Created, """{"name":"phone"}""");
        HttpClient client = rig.WithKey(token.Text("secret"));

        Assert.Equal(ana, (await client.GetJsonAsync($"/v1/subscribers/{ana}")).Text("id"));
        Assert.Single((await client.GetJsonAsync("/v1/subscribers")).GetProperty("items").EnumerateArray());
        foreach (string path in (string[])[$"/v1/subscribers/{bo}", $"/v1/subscribers/{bo}/avatars", $"/v1/jobs/{boAvatar.Text("jobId")}"])
            await client.SendAsync(HttpMethod.Get, path, HttpStatusCode.NotFound);
        await client.SendAsync(HttpMethod.Delete, $"/v1/subscribers/{bo}", HttpStatusCode.NotFound);
        await client.SendAsync(HttpMethod.Get, "/v1/calls", HttpStatusCode.Forbidden);
        await client.SendAsync(HttpMethod.Post, "/v1/subscribers", HttpStatusCode.Forbidden, """{"name":"C","identities":["tel:+3"]}""");
        await client.SendAsync(HttpMethod.Patch, $"/v1/subscribers/{ana}", HttpStatusCode.Forbidden, """{"identities":["tel:+2"]}""");
    }

    [Fact]
    public async Task Key_Revoked_WorthlessAtOnceAndLastOneStays()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient admin = await rig.ClientAsync();
        JsonElement made = await admin.SendAsync(HttpMethod.Post, "/v1/keys", HttpStatusCode.Created, """{"name":"night","scopes":["operator"]}""");
        HttpClient night = rig.WithKey(made.Text("secret"));
        await night.GetJsonAsync("/v1/subscribers");
        await admin.SendAsync(HttpMethod.Delete, $"/v1/keys/{made.GetProperty("key").Text("id")}", HttpStatusCode.NoContent);
        await night.SendAsync(HttpMethod.Get, "/v1/subscribers", HttpStatusCode.Unauthorized);

        string[] others = [.. (await admin.GetJsonAsync("/v1/keys")).GetProperty("items").EnumerateArray().Where(k => k.Text("name") == "first operator key").Select(k => k.Text("id"))];
        await admin.SendAsync(HttpMethod.Delete, $"/v1/keys/{others.Single()}", HttpStatusCode.NoContent);
        string own = (await admin.GetJsonAsync("/v1/me")).Text("key");
        Assert.Equal("wrong_state", (await admin.SendAsync(HttpMethod.Delete, $"/v1/keys/{own}", HttpStatusCode.Conflict)).Text("code"));
    }

    [Fact]
    public async Task Secret_InTheStore_StandsNowhere()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient admin = await rig.ClientAsync();
        JsonElement made = await admin.SendAsync(
            HttpMethod.Post, "/v1/keys", HttpStatusCode.Created, """{"name":"night","scopes":["operator"]}""", ("Idempotency-Key", "k"));
        string content = await rig.Store.ContentAsync();
        Assert.Contains("night", content, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Text("secret"), content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_AboveTheLimit_429WithRetryAfter()
    {
        await using ApiRig rig = await ApiRig.StartAsync(o => o with { Api = o.Api with { RequestsPerMinute = 3 } });
        HttpClient client = await rig.ClientAsync();
        for (int i = 0; i < 3; i++)
            await client.GetJsonAsync("/v1/me");
        using HttpResponseMessage answer = await client.GetAsync(HttpExtensions.At("/v1/me"));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("rate_limited", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await (await rig.ClientAsync()).GetJsonAsync("/v1/me"); // Another key is not hurt by it.
    }
}
