using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Postgres;
using Avatar2D.Interop.Tests.S3;

namespace Avatar2D.Interop.Tests.Provisioning;

/// <summary>The program is killed (SIGKILL) at each durable step from an upload's first byte to its avatar's end; nothing is lost or half there. A2D_POWER_CUTS asks for more.</summary>
public sealed class PowerCutTests
{
    /// <summary>Where files, objects and rows could part; before these, the store of several nodes is what the other is.</summary>
    private static readonly Step[] _ofSharedStore = [Step.LastBytesUnderWay, Step.JobRuns, Step.DeleteUnderWay];

    private enum Step
    {
        /// <summary>After the upload was announced.</summary>
        Announced,

        /// <summary>After some of its bytes were confirmed.</summary>
        PartConfirmed,

        /// <summary>While bytes are under way.</summary>
        PartUnderWay,

        /// <summary>With the last bytes, whatever has come of them.</summary>
        LastBytesUnderWay,

        /// <summary>After the last bytes were confirmed: the job waits or begins.</summary>
        Complete,

        /// <summary>While the job works.</summary>
        JobRuns,

        /// <summary>After the avatar was made the active one.</summary>
        Active,

        /// <summary>While the avatar is being deleted.</summary>
        DeleteUnderWay,
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_AtEachDurableStep_NothingIsLostAndNothingHalfThere(bool isShared)
    {
        using var folder = new TempFolder();
        await using PostgresServer? postgres = isShared ? await PostgresServer.StartAsync() : null;
        await using S3Server? s3 = isShared ? await S3Server.StartAsync() : null;
        string[] store = postgres is null ? [] : [.. SharedStore.Settings(postgres, s3).Select(pair => $"--{pair.Key}={pair.Value}")];
        await using ServedGateway gateway = await ServedGateway.StartAsync(
            folder, ["--Api:RequestsPerMinute=100000", "--Jobs:LeaseSeconds=10", "--Store:PollSeconds=1", .. store]);
        var random = new Random(2026);
        byte[] photo = ContactSheet.Still(Gallery.Maya);
        string subscriber;
        using (HttpClient client = gateway.Client())
            subscriber = await ServedGateway.SubscriberAsync(client, "sip:ana@example.com");
        Step[] steps = isShared ? _ofSharedStore : Enum.GetValues<Step>();
        int cuts = int.TryParse(Environment.GetEnvironmentVariable("A2D_POWER_CUTS"), CultureInfo.InvariantCulture, out int more) ? more : steps.Length;
        for (int cut = 0; cut < cuts; cut++)
        {
            await CutAsync(gateway, folder, subscriber, photo, steps[cut % steps.Length], random);
            if (s3 is not null)
                Assert.Empty(await s3.ListAsync(TestContext.Current.CancellationToken));
        }
    }

    private static async Task CutAsync(ServedGateway gateway, TempFolder folder, string subscriber, byte[] photo, Step step, Random random)
    {
        string upload, avatar = "";
        int confirmed = 0;
        using (HttpClient client = gateway.Client())
        {
            upload = Text(await SendAsync(client, HttpMethod.Post, $"v1/subscribers/{subscriber}/uploads", $$"""{"name":"cut","sizeBytes":{{photo.Length}}}"""), "id");
            int part = random.Next(1, photo.Length);
            if (step is Step.PartConfirmed)
                confirmed = await PutAsync(client, upload, photo, 0, part);
            if (step is Step.PartUnderWay or Step.LastBytesUnderWay)
            {
                int to = step is Step.PartUnderWay ? part : photo.Length;
                Task<int> sending = PutAsync(client, upload, photo, 0, to, slowly: step is Step.PartUnderWay);
                await Until.PassedAsync(TimeSpan.FromMilliseconds(random.Next(0, 120)));
                await gateway.KillAsync();
                confirmed = await OrZeroAsync(sending);
            }

            if (step >= Step.Complete)
            {
                JsonElement made = await CompleteAsync(client, upload, photo, 0);
                avatar = Text(made, "id");
                if (step is Step.JobRuns)
                    await Until.PassedAsync(TimeSpan.FromMilliseconds(random.Next(100, 3000)));
                if (step is Step.Active or Step.DeleteUnderWay)
                    await ActivateAsync(gateway, client, subscriber, avatar);
                if (step is Step.DeleteUnderWay)
                {
                    Task<HttpResponseMessage> deleting = client.DeleteAsync(At($"v1/subscribers/{subscriber}/avatars/{avatar}"));
                    await Until.PassedAsync(TimeSpan.FromMilliseconds(random.Next(0, 30)));
                    await gateway.KillAsync();
                    (await OrNullAsync(deleting))?.Dispose();
                }
            }
        }

        await gateway.RestartAsync();
        using HttpClient again = gateway.Client();
        if (step is Step.DeleteUnderWay)
        {
            using HttpResponseMessage left = await again.GetAsync(At($"v1/subscribers/{subscriber}/avatars/{avatar}"));
            bool isActive = (await SubscriberAsync(again, subscriber)).GetProperty("activeAvatarId").ValueKind == JsonValueKind.String;
            Assert.Equal(left.StatusCode == HttpStatusCode.OK, isActive); // Both, or neither: they go in one transaction.
            if (left.StatusCode != HttpStatusCode.OK)
            {
                await NothingLeftAsync(gateway, folder, avatar);
                return;
            }
        }

        if (avatar.Length == 0)
            avatar = await ResumeAsync(gateway, again, subscriber, upload, photo, confirmed);
        if (step is Step.Active)
            Assert.Equal(avatar, Text(await SubscriberAsync(again, subscriber), "activeAvatarId"));
        else
            await ActivateAsync(gateway, again, subscriber, avatar);
        Assert.Equal(photo, await File.ReadAllBytesAsync(folder.File($"store/sources/{avatar}")));
        using (HttpResponseMessage preview = await again.GetAsync(At($"v1/subscribers/{subscriber}/avatars/{avatar}/preview")))
            Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        using HttpResponseMessage gone = await again.DeleteAsync(At($"v1/subscribers/{subscriber}/avatars/{avatar}"));
        Assert.True(gone.IsSuccessStatusCode, $"{gone.StatusCode}");
        await NothingLeftAsync(gateway, folder, avatar);
    }

    /// <summary>The upload goes on where it was confirmed at least; or it was complete, and its avatar is there.</summary>
    private static async Task<string> ResumeAsync(ServedGateway gateway, HttpClient client, string subscriber, string upload, byte[] photo, int confirmed)
    {
        using HttpResponseMessage answer = await client.GetAsync(At($"v1/uploads/{upload}"));
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            JsonElement list = await ServedGateway.GetAsync(client, $"v1/subscribers/{subscriber}/avatars");
            return Text(Assert.Single(list.GetProperty("items").EnumerateArray()), "id");
        }

        int received = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("receivedBytes").GetInt32();
        Assert.InRange(received, confirmed, photo.Length);
        if (received < photo.Length)
            return Text(await CompleteAsync(client, upload, photo, received), "id");

        // Cut off between its last byte and its row: the start finishes it.
        JsonElement avatars = await gateway.UntilAsync(
            client, $"v1/subscribers/{subscriber}/avatars", list => list.GetProperty("items").GetArrayLength() > 0, "the upload that was complete");
        return Text(avatars.GetProperty("items")[0], "id");
    }

    private static async Task ActivateAsync(ServedGateway gateway, HttpClient client, string subscriber, string avatar)
    {
        string path = $"v1/subscribers/{subscriber}/avatars/{avatar}";
        JsonElement ready = await gateway.UntilAsync(client, path, a => Text(a, "state") != "processing", "the avatar's job");
        Assert.True(Text(ready, "state") == "ready", $"{ready}\n{gateway.Report}");
        await SendAsync(client, HttpMethod.Post, $"{path}/consents", """{"person":"Ana Lima","textVersion":"1"}""");
        await SendAsync(client, HttpMethod.Post, $"{path}/activate", "{}");
        Assert.Equal(avatar, Text(await SubscriberAsync(client, subscriber), "activeAvatarId"));
    }

    private static async Task NothingLeftAsync(ServedGateway gateway, TempFolder folder, string avatar)
    {
        await Until.TrueAsync(
            () => !((string[])["sources", "packages"]).Any(kind => Path.Exists(folder.File($"store/{kind}/{avatar}"))), "the avatar's files are gone", () => gateway.Report);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("store/uploads")));
    }

    private static Task<JsonElement> SubscriberAsync(HttpClient client, string id) => ServedGateway.GetAsync(client, $"v1/subscribers/{id}");

    private static async Task<JsonElement> CompleteAsync(HttpClient client, string upload, byte[] photo, int from)
    {
        using HttpResponseMessage answer = await client.PutAsync(At($"v1/uploads/{upload}"), Part(photo, from, photo.Length));
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<int> PutAsync(HttpClient client, string upload, byte[] photo, int from, int to, bool slowly = false)
    {
        using HttpContent content = slowly ? new SlowContent(photo.AsMemory(from, to - from)) : Part(photo, from, to);
        content.Headers.ContentRange = new ContentRangeHeaderValue(from, to - 1, photo.Length);
        using HttpResponseMessage answer = await client.PutAsync(At($"v1/uploads/{upload}"), content);
        return answer.IsSuccessStatusCode ? to : from;
    }

    private static ByteArrayContent Part(byte[] photo, int from, int to) =>
        new(photo, from, to - from) { Headers = { ContentRange = new ContentRangeHeaderValue(from, to - 1, photo.Length) } };

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, At(path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using HttpResponseMessage answer = await client.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private static async Task<int> OrZeroAsync(Task<int> sending)
    {
        try
        {
            return await sending;
        }
        catch (HttpRequestException)
        {
            return 0; // The power was cut before the answer.
        }
    }

    private static async Task<HttpResponseMessage?> OrNullAsync(Task<HttpResponseMessage> request)
    {
        try
        {
            return await request;
        }
        catch (HttpRequestException)
        {
            return null; // The power was cut before the answer.
        }
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    /// <summary>Bytes that come in ten pieces with pauses between them.</summary>
    private sealed class SlowContent(ReadOnlyMemory<byte> bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            int piece = (bytes.Length / 10) + 1;
            for (int at = 0; at < bytes.Length; at += piece)
            {
                await stream.WriteAsync(bytes.Slice(at, Math.Min(piece, bytes.Length - at)));
                await stream.FlushAsync();
                await Until.PassedAsync(TimeSpan.FromMilliseconds(15));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
