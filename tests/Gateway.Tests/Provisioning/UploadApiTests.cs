using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Tests.Provisioning;

public sealed class UploadApiTests
{
    private static readonly byte[] File = [.. TestMedia.Mp4Head, .. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31))];

    [Fact]
    public async Task Upload_InOnePiece_AvatarReadyWithVerdictsAndSource()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        JsonElement avatar = await client.UploadAsync(id, File);
        JsonElement job = await client.JobOverAsync(avatar.Text("jobId"));
        JsonElement ready = await client.GetJsonAsync($"/v1/subscribers/{id}/avatars/{avatar.Text("id")}");

        Assert.Equal("succeeded", job.Text("state"));
        Assert.Equal(100, job.GetProperty("percent").GetInt32());
        Assert.Equal("ready", ready.Text("state"));
        Assert.Equal("video/mp4", ready.Text("sourceType"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File)), ready.Text("sourceSha256"));
        Assert.Equal("decodable", Assert.Single(ready.GetProperty("verdicts").EnumerateArray()).Text("code"));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(rig.Service<StoreFiles>().PathOf(StoreKind.Sources, avatar.Text("id"))));
        Assert.Contains(
            "decodable", (await client.GetJsonAsync($"/v1/jobs/{job.Text("id")}/log")).GetProperty("items")[0].Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_RejectedByTheChecks_VerdictAndAdvice()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar((_, _) => Task.FromResult(ScriptedRegistrar.Bad)));
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        JsonElement avatar = await client.UploadAsync(id, File);
        Assert.Equal("rejected", (await client.JobOverAsync(avatar.Text("jobId"))).Text("state"));
        JsonElement view = await client.GetJsonAsync($"/v1/subscribers/{id}/avatars/{avatar.Text("id")}");
        JsonElement verdict = Assert.Single(view.GetProperty("verdicts").EnumerateArray());

        Assert.Equal(("no_face", false, "Face the camera."), (verdict.Text("code"), verdict.GetProperty("passed").GetBoolean(), verdict.Text("advice")));
        Assert.Equal("avatar_not_ready", (await client.SendAsync(
            HttpMethod.Post, $"/v1/subscribers/{id}/avatars/{avatar.Text("id")}/activate", HttpStatusCode.Conflict)).Text("code"));
    }

    [Fact]
    public async Task Upload_InRangesWithARestartBetween_GoesOnWhereItWas()
    {
        ApiRig first = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient client = await first.ClientAsync();
        string id = await client.SubscriberAsync();
        JsonElement upload = await client.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/uploads", HttpStatusCode.Created, $$"""{"sizeBytes":{{File.Length}}}""");
        await PutAsync(client, upload.Text("id"), 0, 70_000, HttpStatusCode.Accepted);
        await using (FileStream cut = System.IO.File.OpenWrite(first.Service<StoreFiles>().Upload(upload.Text("id"))))
            cut.SetLength(90_000); // Bytes that no flush has vouched for.
        await first.StopAsync();
        await using ApiRig second = await ApiRig.StartAsync(registrar: new ScriptedRegistrar(), folder: first.Folder);
        client = await second.ClientAsync();

        Assert.Equal(70_000, (await client.GetJsonAsync($"/v1/uploads/{upload.Text("id")}")).GetProperty("receivedBytes").GetInt64());
        Assert.Equal("upload_range_mismatch", (await PutAsync(client, upload.Text("id"), 90_000, 100_000, HttpStatusCode.RequestedRangeNotSatisfiable)).Text("code"));
        await PutAsync(client, upload.Text("id"), 70_000, 100_000, HttpStatusCode.Accepted);
        JsonElement avatar = await PutAsync(client, upload.Text("id"), 100_000, File.Length, HttpStatusCode.Created);
        Assert.Equal("succeeded", (await client.JobOverAsync(avatar.Text("jobId"))).Text("state"));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(second.Service<StoreFiles>().PathOf(StoreKind.Sources, avatar.Text("id"))));
    }

    [Fact]
    public async Task Upload_OfNoKnownType_RefusedAndNothingLeft()
    {
        (string Content, HttpStatusCode Status, string Code)[] cases =
        [
            ("no file at all, only words", HttpStatusCode.UnsupportedMediaType, "upload_type_unknown"),
            ("\0\0\0\u0018ftypheic\0\0\0\0", HttpStatusCode.UnsupportedMediaType, "upload_type_unknown"),
            ("GIF89a", HttpStatusCode.UnsupportedMediaType, "upload_type_unknown"),
            ("#EXTM3U\nfile:///etc/passwd", HttpStatusCode.UnsupportedMediaType, "upload_type_unknown"),
            ("", HttpStatusCode.UnprocessableEntity, "upload_empty"),
        ];
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        foreach ((string content, HttpStatusCode status, string code) in cases)
            Assert.Equal(code, (await client.UploadAsync(id, System.Text.Encoding.Latin1.GetBytes(content), status)).Text("code"));

        Assert.Empty(rig.Service<StoreFiles>().Uploads);
        Assert.Empty(await rig.Service<StoreFiles>().IdsAsync(StoreKind.Sources, CancellationToken.None));
        Assert.Empty((await client.GetJsonAsync($"/v1/subscribers/{id}/avatars")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Upload_OverItsBounds_RefusedBeforeAByteIsTaken()
    {
        await using ApiRig rig = await ApiRig.StartAsync(
            o => o with { Api = o.Api with { MaxUploadMegabytes = 1, MaxAvatarsPerSubscriber = 1 } }, new ScriptedRegistrar());
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        Assert.Equal("upload_too_large", (await client.SendAsync(
            HttpMethod.Post, $"/v1/subscribers/{id}/uploads", HttpStatusCode.RequestEntityTooLarge, """{"sizeBytes":1000001}""")).Text("code"));
        await client.UploadAsync(id, File);
        Assert.Equal("quota_exceeded", (await client.UploadAsync(id, File, HttpStatusCode.Conflict)).Text("code"));
    }

    [Fact]
    public async Task Upload_DiskWithoutRoom_507()
    {
        await using ApiRig rig = await ApiRig.StartAsync(o => o with { Store = o.Store with { MinFreeMegabytes = 1_000_000 } });
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();

        Assert.Equal("disk_full", (await client.UploadAsync(id, File, HttpStatusCode.InsufficientStorage)).Text("code"));
    }

    [Fact]
    public async Task Upload_OtherBytesThanAnnounced_RefusedByChecksum()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        JsonElement upload = await client.SendAsync(
            HttpMethod.Post, $"/v1/subscribers/{id}/uploads", HttpStatusCode.Created, $$"""{"sizeBytes":{{File.Length}},"sha256":"{{new string('0', 64)}}"}""");

        Assert.Equal("upload_checksum_mismatch", (await PutAsync(client, upload.Text("id"), 0, File.Length, HttpStatusCode.UnprocessableEntity)).Text("code"));
    }

    [Fact]
    public async Task Job_Cancelled_WorkerStopsAndAvatarFails()
    {
        var begun = new TaskCompletionSource();
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar(async (_, stop) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return ScriptedRegistrar.Good;
        }));
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        JsonElement avatar = await client.UploadAsync(id, File);
        await begun.Task.WaitAsync(ApiRig.Patience);
        await client.SendAsync(HttpMethod.Post, $"/v1/jobs/{avatar.Text("jobId")}/cancel", HttpStatusCode.OK);

        Assert.Equal("cancelled", (await client.JobOverAsync(avatar.Text("jobId"))).Text("state"));
        Assert.Equal("failed", (await client.GetJsonAsync($"/v1/subscribers/{id}/avatars/{avatar.Text("id")}")).Text("state"));
    }

    [Fact]
    public async Task Job_Events_EndWithItsEnd()
    {
        await using ApiRig rig = await ApiRig.StartAsync(registrar: new ScriptedRegistrar());
        HttpClient client = await rig.ClientAsync();
        JsonElement avatar = await client.UploadAsync(await client.SubscriberAsync(), File);
        string events = await client.GetStringAsync(HttpExtensions.At($"/v1/jobs/{avatar.Text("jobId")}/events")).WaitAsync(ApiRig.Patience);

        Assert.Contains("event: job", events, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"succeeded\"", events, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PutAsync(HttpClient client, string upload, int from, int to, HttpStatusCode status)
    {
        using var content = new ByteArrayContent(File, from, to - from);
        content.Headers.ContentRange = new ContentRangeHeaderValue(from, to - 1, File.Length);
        using HttpResponseMessage answer = await client.PutAsync(HttpExtensions.At($"/v1/uploads/{upload}"), content).WaitAsync(ApiRig.Patience);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}\n{text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
