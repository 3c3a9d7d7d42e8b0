using System.Net;
using System.Text.Json;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Tests.Provisioning;

public sealed class ConsentApiTests
{
    [Fact]
    public async Task Activate_PersonWithoutConsent_OnlyAfterIt()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient client = await rig.ClientAsync();
        (string id, string avatar) = await ReadyAsync(client);
        string place = $"/v1/subscribers/{id}/avatars/{avatar}";
        Assert.Equal("consent_missing", (await client.SendAsync(HttpMethod.Post, $"{place}/activate", HttpStatusCode.Conflict)).Text("code"));
        JsonElement consent = await client.SendAsync(HttpMethod.Post, $"{place}/consents", HttpStatusCode.Created, """{"person":"Ana Lima","textVersion":"1"}""");
        Assert.Equal("approved", consent.Text("state"));
        JsonElement active = await client.SendAsync(HttpMethod.Post, $"{place}/activate", HttpStatusCode.OK);
        Assert.Equal(avatar, active.Text("activeAvatarId"));

        await client.SendAsync(HttpMethod.Post, $"/v1/consents/{consent.Text("id")}/withdraw", HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, (await client.GetJsonAsync($"/v1/subscribers/{id}")).GetProperty("activeAvatarId").ValueKind);
        Assert.Equal("consent_missing", (await client.SendAsync(HttpMethod.Post, $"{place}/activate", HttpStatusCode.Conflict)).Text("code"));
        Assert.Equal("wrong_state", (await client.SendAsync(HttpMethod.Post, $"/v1/consents/{consent.Text("id")}/withdraw", HttpStatusCode.Conflict)).Text("code"));
    }

    [Fact]
    public async Task Consent_BySubscriberToken_WaitsForTheOperator()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient admin = await rig.ClientAsync();
        (string id, string avatar) = await ReadyAsync(admin);
        string place = $"/v1/subscribers/{id}/avatars/{avatar}";
        HttpClient own = rig.WithKey((await admin.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/tokens", HttpStatusCode.Created, """{"name":"phone"}""")).Text("secret"));
        JsonElement consent = await own.SendAsync(HttpMethod.Post, $"{place}/consents", HttpStatusCode.Created, """{"person":"Ana Lima","textVersion":"1"}""");

        Assert.Equal("pending", consent.Text("state"));
        Assert.Equal(4, consent.Text("phrase").Split(' ').Length);
        await own.SendAsync(HttpMethod.Post, $"{place}/activate", HttpStatusCode.Conflict);
        await own.SendAsync(HttpMethod.Post, $"/v1/consents/{consent.Text("id")}/approve", HttpStatusCode.Forbidden);
        await admin.SendAsync(HttpMethod.Post, $"/v1/consents/{consent.Text("id")}/approve", HttpStatusCode.OK);
        await own.SendAsync(HttpMethod.Post, $"{place}/activate", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Gallery_Picked_ReadyAndActiveWithoutConsent()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        JsonElement avatar = await client.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/avatars", HttpStatusCode.Created, """{"gallery":"kiko"}""");
        await client.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/avatars/{avatar.Text("id")}/activate", HttpStatusCode.OK);
        byte[] still = await client.GetByteArrayAsync(HttpExtensions.At($"/v1/subscribers/{id}/avatars/{avatar.Text("id")}/thumbnail"));

        Assert.Equal("ready", avatar.Text("state"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], still[..4]);
        await client.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/avatars", HttpStatusCode.UnprocessableEntity, """{"gallery":"nobody"}""");
    }

    [Fact]
    public async Task Erase_SubscriberWithEverything_FilesGoneAndReceiptComplete()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient client = await rig.ClientAsync();
        (string id, string avatar) = await ReadyAsync(client);
        await client.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/avatars/{avatar}/consents", HttpStatusCode.Created, """{"person":"Ana Lima","textVersion":"1"}""");
        await client.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/uploads", HttpStatusCode.Created, """{"sizeBytes":100}""");
        StoreFiles files = rig.Service<StoreFiles>();
        Assert.True(File.Exists(files.PathOf(StoreKind.Sources, avatar)) && Directory.Exists(files.PathOf(StoreKind.Packages, avatar)));
        JsonElement receipt = await client.SendAsync(HttpMethod.Delete, $"/v1/subscribers/{id}", HttpStatusCode.OK);

        Assert.False(File.Exists(files.PathOf(StoreKind.Sources, avatar)) || Directory.Exists(files.PathOf(StoreKind.Packages, avatar)));
        Assert.Empty(await files.IdsAsync(StoreKind.Sources, CancellationToken.None));
        Assert.Empty(await files.IdsAsync(StoreKind.Packages, CancellationToken.None));
        Assert.Equal(rig.Store.HasObjects ? 4 : 2, receipt.GetProperty("files").GetInt32()); // The source, the package's one file; and their objects.
        Assert.Equal(1, receipt.GetProperty("rows").GetProperty("consents").GetInt32());
        Assert.Contains(avatar, receipt.GetProperty("avatarIds").EnumerateArray().Select(a => a.GetString()));
    }

    private static async Task<(string Subscriber, string Avatar)> ReadyAsync(HttpClient client)
    {
        string id = await client.SubscriberAsync();
        JsonElement avatar = await client.UploadAsync(id, TestMedia.Mp4Head);
        await client.JobOverAsync(avatar.Text("jobId"));
        return (id, avatar.Text("id"));
    }
}
