using System.Net;
using System.Text.Json;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>The base avatar repository as an IMS core sees it.</summary>
public sealed class BarApiTests
{
    private const string Avatars = "/mbar-management/v1/avatars";

    [Fact]
    public async Task Avatars_CreateGetUpdate_AsTheCoreAsks()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient client = await rig.ClientAsync();
        string owner = await client.SubscriberAsync("tel:+493012345");
        JsonElement made = await StoreAsync(client, HttpMethod.Post, $"{Avatars}?identity=tel:%2B49-30-12345", TestMedia.Mp4Head, HttpStatusCode.Created);
        Assert.Equal((owner, "2D"), (made.Text("subscriberId"), made.Text("avatarType")));
        Assert.Equal("succeeded", (await client.JobOverAsync(made.Text("jobId"))).Text("state"));
        string id = made.Text("avatarId");
        await File.WriteAllTextAsync(Path.Combine(rig.Folder, "store", "packages", id, "source.mp4"), "the film");

        using HttpResponseMessage both = await client.GetAsync(HttpExtensions.At($"{Avatars}/{id}"));
        Assert.Equal("multipart/mixed", both.Content.Headers.ContentType?.MediaType);
        string body = await both.Content.ReadAsStringAsync();
        Assert.Contains(id, body, StringComparison.Ordinal);
        Assert.Contains("the film", body, StringComparison.Ordinal);
        string place = $"/v1/subscribers/{owner}/avatars/{id}";
        await client.SendAsync(HttpMethod.Post, $"{place}/consents", HttpStatusCode.Created, """{"person":"Ana","textVersion":"1"}""");
        await client.SendAsync(HttpMethod.Post, $"{place}/activate", HttpStatusCode.OK);

        JsonElement updated = await StoreAsync(client, HttpMethod.Put, $"{Avatars}/{id}", [.. TestMedia.Mp4Head, 1], HttpStatusCode.OK);
        Assert.Equal(id, updated.Text("avatarId"));
        Assert.NotEqual(made.Text("containerSha256"), updated.Text("containerSha256"));
        await client.JobOverAsync(updated.Text("jobId"));
        JsonElement resource = await client.SendAsync(HttpMethod.Get, $"{Avatars}/{id}", HttpStatusCode.OK, null, ("Accept", "application/json"));
        Assert.Equal("ready", resource.Text("state"));
        Assert.Equal("consent_missing", (await client.SendAsync(HttpMethod.Post, $"{place}/activate", HttpStatusCode.Conflict)).Text("code"));
    }

    [Fact]
    public async Task Avatars_WhatCannotBe_ToldAsProblems()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient client = await rig.ClientAsync();
        await client.SubscriberAsync();
        Assert.Equal("invalid_value", (await StoreAsync(client, HttpMethod.Post, Avatars, TestMedia.Mp4Head, HttpStatusCode.UnprocessableEntity)).Text("code"));
        Assert.Equal("not_found", (await StoreAsync(client, HttpMethod.Post, $"{Avatars}?identity=sip:nobody@example.com", TestMedia.Mp4Head, HttpStatusCode.NotFound)).Text("code"));
        Assert.Equal("not_found", (await StoreAsync(client, HttpMethod.Put, $"{Avatars}/av_none", TestMedia.Mp4Head, HttpStatusCode.NotFound)).Text("code"));
        JsonElement made = await StoreAsync(client, HttpMethod.Post, $"{Avatars}?identity=sip:ana@example.com", TestMedia.Mp4Head, HttpStatusCode.Created);
        await client.JobOverAsync(made.Text("jobId"));
        string id = made.Text("avatarId");
        Assert.Equal("upload_type_unknown", (await StoreAsync(client, HttpMethod.Put, $"{Avatars}/{id}", "no film"u8.ToArray(), HttpStatusCode.UnsupportedMediaType)).Text("code"));
        JsonElement kept = await client.SendAsync(HttpMethod.Get, $"{Avatars}/{id}", HttpStatusCode.OK, null, ("Accept", "application/json"));
        Assert.Equal(made.Text("containerSha256"), kept.Text("containerSha256"));
        Assert.Equal(TestMedia.Mp4Head, await File.ReadAllBytesAsync(Path.Combine(rig.Folder, "store", "sources", id)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await rig.Http.GetAsync(HttpExtensions.At($"{Avatars}/{id}"))).StatusCode);
    }

    [Fact]
    public async Task Patch_OfTheSource_ReplacesItAndWhatIsWrongIsTold()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient client = await rig.ClientAsync();
        await client.SubscriberAsync();
        JsonElement made = await StoreAsync(client, HttpMethod.Post, $"{Avatars}?identity=sip:ana@example.com", TestMedia.Mp4Head, HttpStatusCode.Created);
        await client.JobOverAsync(made.Text("jobId"));
        string id = made.Text("avatarId"), source = Path.Combine(rig.Folder, "store", "sources", made.Text("avatarId"));
        Assert.Equal("source", Assert.Single(made.GetProperty("assetIds").EnumerateArray()).GetString());
        byte[] film = [.. TestMedia.Mp4Head, 7];

        JsonElement updated = await PatchAsync(HttpStatusCode.OK, """{"assetIds":["source"]}""", film);
        Assert.NotEqual(made.Text("containerSha256"), updated.Text("containerSha256"));
        Assert.Equal("succeeded", (await client.JobOverAsync(updated.Text("jobId"))).Text("state"));
        Assert.Equal(film, await File.ReadAllBytesAsync(source));

        Assert.Equal("invalid_value", (await PatchAsync(HttpStatusCode.UnprocessableEntity, """{"assetIds":["skeleton"]}""", film)).Text("code"));
        Assert.Equal("invalid_request", (await PatchAsync(HttpStatusCode.BadRequest, "source", film)).Text("code"));
        Assert.Equal("invalid_request", (await PatchAsync(HttpStatusCode.BadRequest, """{"assetIds":["source"]}""")).Text("code"));
        Assert.Equal("invalid_request", (await PatchAsync(HttpStatusCode.BadRequest, """{"assetIds":["source"]}""", film, film)).Text("code"));
        Assert.Equal("upload_type_unknown", (await PatchAsync(HttpStatusCode.UnsupportedMediaType, """{"assetIds":["source"]}""", "no film"u8.ToArray())).Text("code"));
        Assert.Equal("body_type_unknown", (await StoreAsync(client, HttpMethod.Patch, $"{Avatars}/{id}", film, HttpStatusCode.UnsupportedMediaType)).Text("code"));
        Assert.Equal(film, await File.ReadAllBytesAsync(source));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(rig.Folder, "store", "work")));

        async Task<JsonElement> PatchAsync(HttpStatusCode status, string list, params byte[][] assets)
        {
            using var body = new MultipartContent("mixed") { ApiRig.Json(list) };
            foreach (byte[] asset in assets)
                body.Add(new ByteArrayContent(asset));
            using var request = new HttpRequestMessage(HttpMethod.Patch, HttpExtensions.At($"{Avatars}/{id}")) { Content = body };
            using HttpResponseMessage answer = await client.SendAsync(request).WaitAsync(ApiRig.Patience);
            string text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == status, $"PATCH {list}: {(int)answer.StatusCode}\n{text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }

    private static async Task<JsonElement> StoreAsync(HttpClient client, HttpMethod method, string path, byte[] container, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(method, HttpExtensions.At(path)) { Content = new ByteArrayContent(container) };
        using HttpResponseMessage answer = await client.SendAsync(request).WaitAsync(ApiRig.Patience);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode}\n{text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
