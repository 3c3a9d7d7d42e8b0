using System.Net;
using System.Text.Json;

namespace Avatar2D.Gateway.Tests.Provisioning;

public sealed class SubscriberApiTests
{
    [Fact]
    public async Task Subscriber_WholeLife_CreatedFoundChangedErased()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        JsonElement made = await client.SendAsync(
            HttpMethod.Post, "/v1/subscribers", HttpStatusCode.Created, """{"name":"Ana Lima","identities":["SIP:Ana@Example.COM:5080;user=x","+49 (30) 12-345"]}""");
        string id = made.Text("id");
        Assert.Equal(["sip:Ana@example.com", "tel:+493012345"], made.GetProperty("identities").EnumerateArray().Select(i => i.GetString()!));

        JsonElement found = await client.GetJsonAsync("/v1/subscribers?identity=tel:%2B4930-12345");
        Assert.Equal(id, Assert.Single(found.GetProperty("items").EnumerateArray()).Text("id"));

        JsonElement changed = await client.SendAsync(HttpMethod.Patch, $"/v1/subscribers/{id}", HttpStatusCode.OK, """{"videoEnabled":false,"label":"synthetic"}""");
        Assert.False(changed.GetProperty("videoEnabled").GetBoolean());
        Assert.Equal("synthetic", changed.Text("label"));
        Assert.Equal("Ana Lima", changed.Text("name"));

        JsonElement receipt = await client.SendAsync(HttpMethod.Delete, $"/v1/subscribers/{id}", HttpStatusCode.OK);
        Assert.Equal(2, receipt.GetProperty("rows").GetProperty("identities").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, receipt.GetProperty("completedAt").ValueKind);
        await client.SendAsync(HttpMethod.Get, $"/v1/subscribers/{id}", HttpStatusCode.NotFound);
        Assert.Equal(receipt.Text("id"), (await client.GetJsonAsync($"/v1/erasures/{receipt.Text("id")}")).Text("id"));
        Assert.Equal(
            ["subscriber.erase", "subscriber.update", "subscriber.create"],
            (await client.GetJsonAsync($"/v1/audit?subscriberId={id}")).GetProperty("items").EnumerateArray().Select(e => e.Text("action")));
    }

    [Fact]
    public async Task Patch_VersionChangedMeanwhile_PreconditionFailed()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        await client.SendAsync(HttpMethod.Patch, $"/v1/subscribers/{id}", HttpStatusCode.OK, """{"name":"B"}""", ("If-Match", "\"v1\""));
        JsonElement problem = await client.SendAsync(
            HttpMethod.Patch, $"/v1/subscribers/{id}", HttpStatusCode.PreconditionFailed, """{"name":"C"}""", ("If-Match", "\"v1\""));

        Assert.Equal("version_conflict", problem.Text("code"));
        Assert.Equal("B", (await client.GetJsonAsync($"/v1/subscribers/{id}")).Text("name"));
        await client.SendAsync(HttpMethod.Get, $"/v1/subscribers/{id}", HttpStatusCode.NotModified, null, ("If-None-Match", "\"v2\""));
    }

    [Fact]
    public async Task Post_WrongBody_ProblemWithItsCode()
    {
        (string Body, HttpStatusCode Status, string Code)[] cases =
        [
            ("""{"name":"A","identities":["sip:ana@example.com"]}""", HttpStatusCode.Conflict, "identity_taken"),
            ("""{"name":"A","identities":["mailto:a@b"]}""", HttpStatusCode.UnprocessableEntity, "invalid_identity"),
            ("""{"name":"A","identities":[]}""", HttpStatusCode.UnprocessableEntity, "invalid_identity"),
            ("""{"name":" ","identities":["tel:+1"]}""", HttpStatusCode.UnprocessableEntity, "invalid_value"),
            ("""{"name":"A"}""", HttpStatusCode.BadRequest, "invalid_request"),
            ("""{"name":"A","identities":["tel:+1"],"vidoEnabled":true}""", HttpStatusCode.BadRequest, "invalid_request"),
            ("{", HttpStatusCode.BadRequest, "invalid_request"),
            ("null", HttpStatusCode.BadRequest, "invalid_request"),
        ];
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        await client.SubscriberAsync();
        foreach ((string body, HttpStatusCode status, string code) in cases)
        {
            JsonElement problem = await client.SendAsync(HttpMethod.Post, "/v1/subscribers", status, body);
            Assert.Equal(code, problem.Text("code"));
            Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
            Assert.NotEmpty(problem.Text("detail"));
        }
    }

    [Fact]
    public async Task List_PageByPage_EachOnceInOrder()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        var made = new List<string>();
        for (int i = 0; i < 5; i++)
            made.Add(await client.SubscriberAsync($"tel:+4930{i}"));
        var seen = new List<string>();
        string? next = "";
        while (next is not null)
        {
            JsonElement page = await client.GetJsonAsync($"/v1/subscribers?limit=2&after={next}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(s => s.Text("id")));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Post_SameIdempotencyKey_DoneOnceAnsweredTwice()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        (string, string) key = ("Idempotency-Key", "one");
        const string Body = """{"name":"Ana","identities":["tel:+1"]}""";
        JsonElement first = await client.SendAsync(HttpMethod.Post, "/v1/subscribers", HttpStatusCode.Created, Body, key);
        JsonElement again = await client.SendAsync(HttpMethod.Post, "/v1/subscribers", HttpStatusCode.Created, Body, key);
        JsonElement other = await client.SendAsync(HttpMethod.Post, "/v1/subscribers", HttpStatusCode.UnprocessableEntity, """{"name":"Bo","identities":["tel:+2"]}""", key);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("idempotency_key_reused", other.Text("code"));
        Assert.Single((await client.GetJsonAsync("/v1/subscribers")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Store_OpenedAgain_EverythingIsThere()
    {
        ApiRig first = await ApiRig.StartAsync();
        string id = await (await first.ClientAsync()).SubscriberAsync();
        await first.StopAsync();
        await using ApiRig second = await ApiRig.StartAsync(folder: first.Folder);

        Assert.Equal("Ana", (await (await second.ClientAsync()).GetJsonAsync($"/v1/subscribers/{id}")).Text("name"));
    }
}
