using System.Net;
using System.Text.Json;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>Face models: who speaks for whom, and the way back.</summary>
public sealed class ModelApiTests
{
    private static readonly string Shipped = Path.GetFileName(FaceEngine.FolderOf(new EngineOptions(), new EngineOptions().Model));

    [Fact]
    public async Task Models_NothingPersonal_TheInstalledOnesWithTheirFigures()
    {
        await using ApiRig rig = await RigAsync(isBetter: true);
        HttpClient client = await rig.ClientAsync();
        JsonElement model = Assert.Single((await client.GetJsonAsync("/v1/models")).GetProperty("items").EnumerateArray());
        Assert.Equal((Shipped, "robust", true), (model.Text("id"), model.Text("kind"), model.GetProperty("isDefault").GetBoolean()));
        Assert.Equal(JsonValueKind.Object, (await client.GetJsonAsync($"/v1/models/{Shipped}")).GetProperty("metrics").ValueKind);
        Assert.Equal("not_found", (await client.SendAsync(HttpMethod.Get, "/v1/models/mod_none", HttpStatusCode.NotFound)).Text("code"));
    }

    [Fact]
    public async Task Personalize_PassesTheGate_SpeaksFromTheNextCallOnAndRollsBack()
    {
        await using ApiRig rig = await RigAsync(isBetter: true);
        HttpClient client = await rig.ClientAsync();
        string place = await ReadyAvatarAsync(client, consented: false);
        Assert.Equal("consent_missing", (await client.SendAsync(HttpMethod.Post, $"{place}/personalize", HttpStatusCode.Conflict)).Text("code"));
        await client.SendAsync(HttpMethod.Post, $"{place}/consents", HttpStatusCode.Created, """{"person":"Ana","textVersion":"1"}""");
        string avatar = place.Split('/')[^1];
        var directory = rig.Service<SubscriberDirectory>();
        Assert.Equal(Shipped, directory.ModelOf(avatar));

        JsonElement job = await client.JobOverAsync((await client.SendAsync(HttpMethod.Post, $"{place}/personalize", HttpStatusCode.Accepted)).Text("id"));
        Assert.Equal(("succeeded", "personalize"), (job.Text("state"), job.Text("kind")));
        JsonElement view = await client.GetJsonAsync(place);
        string model = view.Text("model");
        Assert.StartsWith("mod_", model, StringComparison.Ordinal);
        Assert.Equal(Shipped, view.Text("modelBefore"));
        await directory.FollowAsync(TestContext.Current.CancellationToken); // A job's end is followed soon after, not at once.
        Assert.Equal(model, directory.ModelOf(avatar));
        Assert.Equal("ready", (await client.GetJsonAsync($"/v1/models/{model}")).Text("state"));
        Assert.True(File.Exists(Path.Combine(rig.Folder, "store", "models", model, "decoder.onnx")));

        Assert.Equal(Shipped, (await client.SendAsync(HttpMethod.Post, $"{place}/model/rollback", HttpStatusCode.OK)).Text("model"));
        Assert.Equal(Shipped, directory.ModelOf(avatar));
        Assert.Equal(model, (await client.SendAsync(HttpMethod.Put, $"{place}/model", HttpStatusCode.OK, $$"""{"model":"{{model}}"}""")).Text("model"));
        Assert.Equal("not_found", (await client.SendAsync(HttpMethod.Put, $"{place}/model", HttpStatusCode.NotFound, """{"model":"mod_other"}""")).Text("code"));

        await client.SendAsync(HttpMethod.Delete, place, HttpStatusCode.NoContent);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(rig.Folder, "store", "models")));
        Assert.Null(directory.ModelOf(avatar));
    }

    [Fact]
    public async Task Personalize_NotBetter_RobustModelStaysAndTheFiguresAreKept()
    {
        await using ApiRig rig = await RigAsync(isBetter: false);
        HttpClient client = await rig.ClientAsync();
        string place = await ReadyAvatarAsync(client, consented: true);
        JsonElement job = await client.JobOverAsync((await client.SendAsync(HttpMethod.Post, $"{place}/personalize", HttpStatusCode.Accepted)).Text("id"));

        Assert.Equal("rejected", job.Text("state"));
        Assert.Equal(Shipped, (await client.GetJsonAsync(place)).Text("model"));
        JsonElement model = Assert.Single((await client.GetJsonAsync("/v1/models")).GetProperty("items").EnumerateArray(), m => m.Text("kind") == "personalized");
        Assert.Equal("rejected", model.Text("state"));
        Assert.Equal(0.03, model.GetProperty("metrics").GetProperty("after").GetProperty("error").GetDouble());
        Assert.Equal("wrong_state", (await client.SendAsync(HttpMethod.Put, $"{place}/model", HttpStatusCode.Conflict, $$"""{"model":"{{model.Text("id")}}"}""")).Text("code"));
        Assert.Equal("wrong_state", (await client.SendAsync(HttpMethod.Post, $"{place}/model/rollback", HttpStatusCode.Conflict)).Text("code"));
    }

    [Fact]
    public async Task NewRobustModelInstalled_OldAvatarsKeepTheirsUntilMigrated()
    {
        string models = Directory.CreateTempSubdirectory("avatar2d-models-").FullName;
        try
        {
            Install(models, Shipped);
            await using ApiRig rig = await RigAsync(isBetter: true, models);
            HttpClient client = await rig.ClientAsync();
            string old = await ReadyAvatarAsync(client, consented: true);
            const string Newer = "base-robust-standard-9999";
            Install(models, Newer);
            string fresh = await ReadyAvatarAsync(client, consented: true, "sip:ben@example.com");

            Assert.Equal(Shipped, (await client.GetJsonAsync(old)).Text("model"));
            Assert.Equal(Newer, (await client.GetJsonAsync(fresh)).Text("model"));
            Assert.Equal(Newer, (await client.SendAsync(HttpMethod.Put, $"{old}/model", HttpStatusCode.OK, $$"""{"model":"{{Newer}}"}""")).Text("model"));
            Assert.Equal(Shipped, (await client.SendAsync(HttpMethod.Post, $"{old}/model/rollback", HttpStatusCode.OK)).Text("model"));
        }
        finally
        {
            Directory.Delete(models, recursive: true);
        }
    }

    private static Task<ApiRig> RigAsync(bool isBetter, string? models = null) => ApiRig.StartAsync(
        options => models is null ? options : options with { Engine = new EngineOptions { Folder = models } }, new ScriptedRegistrar(),
        services: services => services.Replace(ServiceDescriptor.Singleton<IPersonalizer>(new ScriptedPersonalizer(isBetter))));

    private static void Install(string models, string name)
    {
        string folder = Path.Combine(models, name);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(InstallationFiles.FindFolder($"models/{Shipped}")!))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static async Task<string> ReadyAvatarAsync(HttpClient client, bool consented, string identity = "sip:ana@example.com")
    {
        string id = await client.SubscriberAsync(identity);
        JsonElement avatar = await client.UploadAsync(id, TestMedia.Mp4Head);
        await client.JobOverAsync(avatar.Text("jobId"));
        string place = $"/v1/subscribers/{id}/avatars/{avatar.Text("id")}";
        if (consented)
            await client.SendAsync(HttpMethod.Post, $"{place}/consents", HttpStatusCode.Created, """{"person":"Ana","textVersion":"1"}""");
        return place;
    }
}
