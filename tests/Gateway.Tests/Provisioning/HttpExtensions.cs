using System.Net;
using System.Text.Json;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>Requests of the tests.</summary>
internal static class HttpExtensions
{
    public static Uri At(string path) => new(path, UriKind.Relative);

    /// <summary>Sends JSON and reads JSON; the status must be as said.</summary>
    public static async Task<JsonElement> SendAsync(
        this HttpClient client, HttpMethod method, string path, HttpStatusCode status, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, At(path));
        if (body is not null)
            request.Content = ApiRig.Json(body);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await client.SendAsync(request).WaitAsync(ApiRig.Patience);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode}\n{text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public static Task<JsonElement> GetJsonAsync(this HttpClient client, string path) => client.SendAsync(HttpMethod.Get, path, HttpStatusCode.OK);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    /// <summary>Makes a subscriber.</summary>
    public static async Task<string> SubscriberAsync(this HttpClient client, string identity = "sip:ana@example.com") =>
        (await client.SendAsync(HttpMethod.Post, "/v1/subscribers", HttpStatusCode.Created, $$"""{"name":"Ana","identities":["{{identity}}"]}""")).Text("id");

    /// <summary>Uploads a file as an avatar.</summary>
    public static async Task<JsonElement> UploadAsync(this HttpClient client, string subscriber, byte[] file, HttpStatusCode status = HttpStatusCode.Created)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new("video/mp4");
        using HttpResponseMessage answer = await client.PostAsync(At($"/v1/subscribers/{subscriber}/avatars?name=clip"), content).WaitAsync(ApiRig.Patience);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}\n{text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Waits for a job's end.</summary>
    public static async Task<JsonElement> JobOverAsync(this HttpClient client, string job)
    {
        using var bound = new CancellationTokenSource(ApiRig.Patience);
        while (true)
        {
            JsonElement view = await client.GetJsonAsync($"/v1/jobs/{job}");
            if (view.Text("state") is not ("queued" or "running"))
                return view;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, bound.Token);
        }
    }
}
